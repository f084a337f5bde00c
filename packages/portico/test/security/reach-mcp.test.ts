// Loaded by the first call otherwise, within the time of a test.
import '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { sendRaw } from '../support/raw.ts';
import { openShop, type Shop } from '../mcp/shop.ts';

const call = (name: string, args: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
const HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

const ask = (shop: Shop, body: string, headers: Record<string, string> = {}): ReturnType<typeof sendRaw> =>
  sendRaw(shop.url, 'POST /mcp', { ...HEADERS, ...headers }, body);

describe('the endpoint', () => {
  test.each<[string, Record<string, string>]>([
    ['another site', { Origin: 'https://evil.example' }],
    ['another site, with the visitor’s cookies', { Origin: 'https://evil.example', Cookie: 'who=ann' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['cookies, and nothing to say from where', { Cookie: 'who=ann' }],
    ['a form of another site', { 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'text/plain' }],
  ])('answers nothing to %s', async (_name, headers) => {
    const shop = await openShop();
    const answer = await ask(shop, call('greet', { input: 'you' }), headers);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('Hello');
  });

  test.each<[string, string, number]>([
    [
      'a batch of ten thousand',
      `[${Array(10_000)
        .fill(call('greet', { input: 'x' }))
        .join()}]`,
      413,
    ],
    ['a body over a mebibyte', call('greet', { input: 'x'.repeat(1_100_000) }), 413],
    ['nesting without end', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 413],
    ['no JSON', '{"password":"hunter2', 400],
    ['nothing', '', 400],
  ])('refuses %s', async (_name, body, status) => {
    const shop = await openShop();
    const answer = await ask(shop, body);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('hunter2');
  });

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'products',
    'products_search',
    '../whoami',
    'adminOnly\u0000',
  ])('knows no tool %j', async (name) => {
    const shop = await openShop();
    const answer = await ask(shop, call(name, {}));
    expect(answer.body).toMatch(/NOT_FOUND|no tool/);
  });

  test('what a user may not do is neither listed nor done, whoever says he is', async () => {
    const shop = await openShop();
    const bob = await shop.client('token of bob');
    expect((await bob.listTools()).tools.map(({ name }) => name)).not.toContain('adminOnly');
    expect(JSON.stringify(await bob.callTool({ name: 'adminOnly', arguments: {} }))).toContain('FORBIDDEN');
    const spoofed = await ask(shop, call('adminOnly', { user: { id: 'ann' }, __proto__: { id: 'ann' } }));
    expect(spoofed.body).toContain('UNAUTHORIZED');
  });
});

describe('a link that asks a human', () => {
  async function linkOf(shop: Shop): Promise<string> {
    const client = await shop.client('token of ann');
    const result = await client.callTool({
      name: 'products.wipe',
      arguments: { before: '2020-01-01', secret: 's' },
    });
    return (result.structuredContent as { url: string }).url.replace(shop.url, '');
  }

  test('does its deed once, by two tabs at once and in another browser of the same user', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const [one, other] = [shop.agent(), shop.agent()];
    for (const browser of [one, other]) browser.cookies.set('who', 'ann');
    const post = async (browser: typeof one): Promise<number> =>
      (await browser.post(link, new URLSearchParams())).status;
    expect((await Promise.all([post(one), post(one), post(other)])).toSorted()).toEqual([200, 409, 409]);
    expect(await post(other)).toBe(409);
    expect(shop.deeds.deleted).toHaveLength(1);
  });

  test('opens for nobody else, and changed for nobody', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const bob = shop.agent();
    bob.cookies.set('who', 'bob');
    expect((await bob.post(link, new URLSearchParams())).status).toBe(403);
    expect((await shop.agent().post(link, new URLSearchParams())).status).toBe(401);
    const ann = shop.agent();
    ann.cookies.set('who', 'ann');
    const at = link.length - 10;
    const changed = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
    expect((await ann.post(changed, new URLSearchParams())).status).toBe(400);
    const foreign = { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } };
    expect((await ann.post(link, new URLSearchParams(), foreign)).status).toBe(403);
    expect((await ask(shop, '', { Authorization: 'Bearer token of ann' })).status).toBe(400);
    expect(shop.deeds.deleted).toEqual([]);
  });

  test('leads to no other action and nowhere else, whatever is added to it', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const ann = shop.agent();
    ann.cookies.set('who', 'ann');
    const other = await ann.post(`${link}&_action=greet`, new URLSearchParams({ id: 'p-9', reason: 'no' }));
    expect(other.status).toBe(400);
    const fields = { redirect: 'https://evil.example', action: 'products/delete', id: 'p-9', reason: 'no' };
    const answer = await ann.post(link, new URLSearchParams(fields));
    expect([answer.status >= 400, answer.headers.get('location')]).toEqual([true, null]);
    expect(shop.deeds.deleted).toEqual([]);
  });
});
