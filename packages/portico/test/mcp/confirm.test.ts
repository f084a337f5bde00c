import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { Agent } from '../support/agent.ts';
import { openShop, type Shop } from './shop.ts';

afterEach(() => vi.useRealTimers());

const GIVEN = { id: 'p-1', reason: 'out of "stock"', password: 'my <password>' };

async function ask(
  shop: Shop,
  given: object = GIVEN,
  name = 'products.delete',
  token = 'token of ann',
): Promise<CallToolResult> {
  const client = await shop.client(token);
  return (await client.callTool({ name, arguments: { ...given } })) as CallToolResult;
}

async function linkOf(
  shop: Shop,
  given: object = GIVEN,
  name = 'products.delete',
  token = 'token of ann',
): Promise<string> {
  const result = await ask(shop, given, name, token);
  expect(result.isError).toBeFalsy();
  const { confirmationRequired, url } = result.structuredContent as {
    confirmationRequired: boolean;
    url: string;
  };
  expect(confirmationRequired).toBe(true);
  expect(JSON.stringify(result.content)).toContain(url);
  return url.replace(shop.url, '');
}

/** A browser in which somebody has signed in. */
function browserOf(shop: Shop, who?: string): Agent {
  const agent = shop.agent();
  if (who !== undefined) agent.cookies.set('who', who);
  return agent;
}

/** What the form on the page would send, and where to. */
function formOn(html: string, page: string): { to: string; fields: URLSearchParams } {
  const text = (markup: string): string =>
    markup
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1] ?? '';
  const fields = new URLSearchParams();
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    if (name !== undefined) fields.append(text(name), text(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ''));
  }
  for (const [, name, value] of html.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<\/textarea>/g))
    fields.append(name ?? '', text(value ?? ''));
  return {
    to: action === '' ? page : new URL(text(action), `http://site${page}`).href.replace('http://site', ''),
    fields,
  };
}

describe('a tool that asks a human', () => {
  it('does nothing but give a link, which a human opens, checks, changes and sends', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    expect(shop.deeds.deleted).toEqual([]);
    const ann = browserOf(shop, 'ann');
    const page = await ann.get(link);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('Deletes a product for good.');
    expect(html).not.toContain('my &lt;password');
    const { to, fields } = formOn(html, link);
    expect([fields.get('id'), fields.get('reason')]).toEqual(['p-1', 'out of "stock"']);
    fields.set('reason', 'I say so');
    const posted = await ann.post(to, fields);
    expect(posted.status).toBe(303);
    expect(shop.deeds.deleted).toEqual(['ann: p-1 (I say so)']);
    const done = await ann.get(posted.headers.get('location') ?? '');
    expect(await done.text()).toContain('It is gone.');
  });

  it('does it once: the page and its form are used up', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const ann = browserOf(shop, 'ann');
    const { to, fields } = formOn(await (await ann.get(link)).text(), link);
    await ann.get((await ann.post(to, fields)).headers.get('location') ?? '');
    const again = await ann.post(to, fields);
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('done already')]);
    expect(await (await ann.get(link)).text()).toContain('done already');
    expect(shop.deeds.deleted).toHaveLength(1);
  });

  it('shows the form again with what is wrong, and takes it when it is right', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const ann = browserOf(shop, 'ann');
    const { to, fields } = formOn(await (await ann.get(link)).text(), link);
    fields.set('id', 'x');
    const failed = await ann.post(to, fields);
    expect(failed.status).toBe(422);
    const second = formOn(await failed.text(), link);
    expect(second.fields.get('id')).toBe('x');
    second.fields.set('id', 'p-2');
    expect((await ann.post(second.to, second.fields)).status).toBe(303);
    expect(shop.deeds.deleted).toEqual(['ann: p-2 (out of "stock")']);
  });

  it('shows what a form cannot send as it is, without secrets, and runs that', async () => {
    const shop = await openShop();
    const given = { before: '2026-01-01T00:00:00.000Z', secret: 'hunter2' };
    const link = await linkOf(shop, given, 'products.wipe');
    const ann = browserOf(shop, 'ann');
    const html = await (await ann.get(link)).text();
    expect(html).toContain('2026-01-01T00:00:00.000Z');
    expect(html).not.toContain('hunter2');
    const { to, fields } = formOn(html, link);
    const done = await ann.post(to, fields);
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Done')]);
    expect((await ann.post(to, fields)).status).toBe(409);
    expect(shop.deeds.deleted).toEqual(['ann: all before 2026-01-01T00:00:00.000Z']);
  });

  it('asks for what `confirm` names, or for nothing', async () => {
    const asking = await openShop({ confirm: (name) => name === 'products.archive' });
    await linkOf(asking, { id: 5 }, 'products.archive');
    const never = await openShop({ confirm: false });
    expect((await ask(never)).structuredContent).toEqual({ id: 'p-1' });
    expect(never.deeds.deleted).toEqual(['ann: p-1 (out of "stock")']);
  });

  it('refuses at once whom the action refuses, and what its schema refuses', async () => {
    const shop = await openShop();
    const guest = await (await shop.client()).callTool({ name: 'products.delete', arguments: GIVEN });
    expect(guest).toMatchObject({ isError: true, structuredContent: { error: { code: 'UNAUTHORIZED' } } });
    const wrong = await ask(shop, { id: 'x' });
    expect(wrong).toMatchObject({
      isError: true,
      structuredContent: { error: { fields: { id: [expect.any(String)] } } },
    });
  });

  it('makes no link that browsers would cut off', async () => {
    const result = await ask(await openShop(), { ...GIVEN, reason: 'x'.repeat(10_000) });
    expect(result).toMatchObject({
      isError: true,
      structuredContent: { error: { code: 'CONTENT_TOO_LARGE' } },
    });
  });

  it('says what is missing where users have no id', async () => {
    const result = await ask(await openShop({ userId: () => undefined }));
    expect(result.structuredContent).toMatchObject({
      error: { message: expect.stringContaining('mcp({ userId })') },
    });
  });

  it('leads to the public address of the site', async () => {
    const shop = await openShop({ hosts: ['localhost'] }, { siteUrl: 'https://shop.example', base: '/de' });
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const params = { name: 'products.delete', arguments: GIVEN };
    const response = await fetch(`${shop.url}/de/mcp`, {
      method: 'POST',
      headers: { ...headers, authorization: 'Bearer token of ann' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    expect(await response.text()).toContain('https://shop.example/de/mcp/confirm?t=');
  });
});

describe('a link', () => {
  it('tells nothing of what it asks', async () => {
    const link = await linkOf(await openShop());
    const token = new URL(link, 'http://site').searchParams.get('t') ?? '';
    const bytes = Buffer.from(token, 'base64url').toString('latin1');
    for (const secret of ['p-1', 'stock', 'password', 'ann']) expect(bytes).not.toContain(secret);
  });

  it.each([
    ['of somebody else', 'bob', 403, 'somebody else'],
    ['of nobody', undefined, 401, 'Sign in first'],
  ])('opens in no browser %s, and its form runs nothing there', async (_, who, status, text) => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const { to, fields } = formOn(await (await browserOf(shop, 'ann').get(link)).text(), link);
    const other = browserOf(shop, who);
    const page = await other.get(link);
    expect(page.status).toBe(status);
    const html = await page.text();
    expect(html).toContain(text);
    expect(html).not.toContain('p-1');
    expect((await other.post(to, fields)).status).toBe(status);
    expect(shop.deeds.deleted).toEqual([]);
  });

  it('does not open for the token that asked for it, and its form does not run by that', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const { to, fields } = formOn(await (await browserOf(shop, 'ann').get(link)).text(), link);
    const assistant = shop.agent({ browser: false });
    const headers = { authorization: 'Bearer token of ann' };
    expect((await assistant.get(link, { headers })).status).toBe(401);
    expect((await assistant.post(to, fields, { headers })).status).toBe(401);
    expect(shop.deeds.deleted).toEqual([]);
  });

  it('opens nothing when it was changed', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const at = link.length - 10;
    const changed = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
    const page = await browserOf(shop, 'ann').get(changed);
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('not valid')]);
    expect((await browserOf(shop, 'ann').get('/mcp/confirm')).status).toBe(400);
  });

  it('opens nothing after 15 minutes, and neither does its form', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const ann = browserOf(shop, 'ann');
    const { to, fields } = formOn(await (await ann.get(link)).text(), link);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60_000 + 1 });
    expect((await ann.get(link)).status).toBe(410);
    expect((await ann.post(to, fields)).status).toBe(410);
    expect(shop.deeds.deleted).toEqual([]);
  });

  it('runs no other action than the one it asks for', async () => {
    const shop = await openShop();
    const link = await linkOf(shop);
    const response = await browserOf(shop, 'ann').post(
      `${link}&_action=products.archive`,
      new URLSearchParams({ id: '1' }),
    );
    expect(response.status).toBe(400);
  });

  it.each(['products.delete', 'products.wipe'])(
    'runs nothing for a form of another site (%s)',
    async (name) => {
      const shop = await openShop();
      const given = name === 'products.delete' ? GIVEN : { before: '2026-01-01T00:00:00.000Z', secret: 'x' };
      const link = await linkOf(shop, given, name);
      const ann = browserOf(shop, 'ann');
      const { to, fields } = formOn(await (await ann.get(link)).text(), link);
      fields.delete('PORTICO_CSRF_TOKEN');
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      const response = await ann.post(to, fields, { headers });
      expect(response.status).toBe(403);
      expect(shop.deeds.deleted).toEqual([]);
    },
  );

  it('leads to a page that nobody frames, caches or runs scripts in', async () => {
    const shop = await openShop();
    const page = await browserOf(shop, 'ann').get(await linkOf(shop));
    expect(page.headers.get('cache-control')).toContain('no-store');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('script-src');
    expect(await page.text()).not.toContain('style="');
  });
});
