import { describe, expect, it } from 'vitest';
import type { CallToolResult, Client } from '@modelcontextprotocol/client';
import { openShop } from './shop.ts';

const ANN = 'token of ann';
const BOB = 'token of bob';

async function namesFor(client: Client): Promise<string[]> {
  return (await client.listTools()).tools.map(({ name }) => name);
}

function textOf(result: CallToolResult): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

const call = (client: Client, name: string, given: Record<string, unknown> = {}): Promise<CallToolResult> =>
  client.callTool({ name, arguments: given }) as Promise<CallToolResult>;

describe.each(['legacy', 'modern'] as const)('to a client of the %s era', (era) => {
  it('lists what a guest may use', async () => {
    const names = await namesFor(await (await openShop()).client(undefined, era));
    expect(names).toContain('products.search');
    expect(names).not.toContain('products.delete');
    expect(names).not.toContain('whoami');
    expect(names).not.toContain('adminOnly');
  });

  it('lists what a user may use, rules asked', async () => {
    const shop = await openShop();
    expect(await namesFor(await shop.client(ANN, era))).toEqual(
      expect.arrayContaining(['whoami', 'adminOnly']),
    );
    const bobs = await namesFor(await shop.client(BOB, era));
    expect(bobs).toContain('whoami');
    expect(bobs).not.toContain('adminOnly');
  });

  it('calls with the user of the token', async () => {
    const result = await call(await (await openShop()).client(BOB, era), 'whoami');
    expect(result.structuredContent).toEqual({ id: 'bob', name: 'Bob' });
    expect(JSON.parse(textOf(result))).toEqual({ id: 'bob', name: 'Bob' });
  });

  it('refuses whom the action refuses, listed or not', async () => {
    const shop = await openShop();
    const guest = await call(await shop.client(undefined, era), 'whoami');
    expect([guest.isError, textOf(guest)]).toEqual([true, 'UNAUTHORIZED: Sign in to do this.']);
    const bob = await call(await shop.client(BOB, era), 'adminOnly');
    expect([bob.isError, textOf(bob)]).toEqual([true, 'FORBIDDEN: You are not allowed to do this.']);
  });

  it('brings Dates, Sets and bigints both ways', async () => {
    const sent = { when: '2026-01-02T03:04:05.000Z', tags: ['a', 'b'], big: '12345678901234567890' };
    const result = await call(await (await openShop()).client(undefined, era), 'rich', sent);
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toEqual({ ...sent, types: ['true', 'true', 'true'] });
  });

  it('says which fields are wrong, and at which place', async () => {
    const result = await call(await (await openShop()).client(undefined, era), 'book', {
      seats: [{ row: 1 }, { row: 0 }],
    });
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toMatchObject({
      error: { code: 'BAD_REQUEST', status: 400, fields: { 'seats.1.row': [expect.any(String)] } },
    });
    expect(textOf(result)).toContain('seats.1.row: ');
  });

  it("says the action's own errors with their data", async () => {
    const seats = [{ row: 1 }, { row: 2 }, { row: 3 }];
    const result = await call(await (await openShop()).client(undefined, era), 'book', { seats });
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toEqual({
      error: {
        code: 'SOLD_OUT',
        status: 409,
        message: 'No seats are left.',
        data: { next: '1970-01-01T00:00:00.000Z' },
      },
    });
  });

  it('tells of an unexpected error nothing but its request', async () => {
    const result = await call(await (await openShop()).client(undefined, era), 'broken');
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(result.structuredContent).toMatchObject({
      error: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  it('counts limits', async () => {
    const client = await (await openShop()).client(undefined, era);
    expect((await call(client, 'limited')).isError).toBeFalsy();
    expect((await call(client, 'limited')).isError).toBeFalsy();
    const third = await call(client, 'limited');
    expect(third.structuredContent).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS', status: 429 } });
  });

  it('says that a Response cannot be handed on', async () => {
    const result = await call(await (await openShop()).client(undefined, era), 'download');
    expect([result.isError, textOf(result)]).toEqual([
      true,
      expect.stringContaining('answers with a Response'),
    ]);
  });

  it('does not know other tools', async () => {
    const result = await call(await (await openShop()).client(undefined, era), 'products.buy');
    expect([result.isError, textOf(result)]).toEqual([true, 'NOT_FOUND: There is no tool products.buy.']);
  });
});

describe('a tool', () => {
  it('is described by its action', async () => {
    const { tools } = await (await (await openShop()).client(ANN)).listTools();
    const tool = (name: string): (typeof tools)[number] | undefined => tools.find((one) => one.name === name);
    expect(tool('products.search')).toMatchObject({
      title: 'Products: search',
      description: 'Finds products by a word.',
      inputSchema: { type: 'object', properties: { q: { type: 'string', minLength: 2 } }, required: ['q'] },
      outputSchema: { type: 'object', properties: { hits: { type: 'array' } } },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
    });
    expect(tool('products.archive')?.annotations).toMatchObject({
      readOnlyHint: false,
      destructiveHint: false,
    });
    expect(tool('book')?.annotations).toMatchObject({ readOnlyHint: false, destructiveHint: true });
    expect(tool('products.delete')?.description).toContain('Asks a human first');
  });

  it('is left out where it needs a file, and renamed where its name is none for a tool', async () => {
    const names = await namesFor(await (await openShop()).client());
    expect(names).not.toContain('products.picture');
    expect(names).toContain('odd_name__');
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_.-]{1,128}$/);
  });

  it('takes what is no object as the argument `input`', async () => {
    const client = await (await openShop()).client();
    expect(textOf(await call(client, 'greet', { input: 'Ann' }))).toBe('"Hello Ann"');
  });

  it('is there only where `include` takes it', async () => {
    const client = await (await openShop({ include: (name) => name === 'greet' })).client(ANN);
    expect(await namesFor(client)).toEqual(['greet']);
    expect((await call(client, 'whoami')).structuredContent).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('keeps what it puts into the session of its client', async () => {
    const shop = await openShop();
    const message = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'remembers', arguments: {} },
    };
    const response = await shop.agent().post('/mcp', message, {
      headers: { accept: 'application/json, text/event-stream' },
    });
    expect(response.headers.getSetCookie().join()).toContain('portico=');
    expect(await response.text()).toContain('seen');
  });
});
