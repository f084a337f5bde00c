import { defineAction } from 'portico';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createMemoryOnceStore } from '../../src/http/once/memory-once-store.ts';
import { createOnce } from '../../src/http/once/once.ts';
import { openShop, withFields, type Shop } from '../once/site.ts';

const KEY = 'a-key-of-a-client-that-is-long-enough';

/** A shop whose visitors are whom their cookie names, and may order unless they are barred. */
function openGuarded(): Promise<Shop & { readonly barred: Set<string> }> {
  const barred = new Set<string>();
  const whoIs = (cookies: { get(name: string): { value: string } | undefined }): { id: string } | null => {
    const id = cookies.get('who')?.value;
    return id === undefined ? null : { id };
  };
  let ran = 0;
  return openShop({
    user: (ctx) => whoIs(ctx.cookies),
    more: {
      pay: defineAction({
        accept: 'any',
        once: true,
        access: (ctx) => !barred.has((ctx.user as { id: string } | null)?.id ?? 'guest'),
        input: z.looseObject({}),
        handler: (_input, ctx) => {
          ctx.session.set('paid', true);
          ctx.cookies.set('receipt', `of ${String((ctx.user as { id: string } | null)?.id)}`);
          return { run: ++ran };
        },
      }),
    },
  }).then((shop) => Object.assign(shop, { barred }));
}

const run = async (answer: Response): Promise<unknown> => ((await answer.json()) as { run?: unknown }).run;

describe('the form of a guest', () => {
  test('is sent twice by a browser that had no session before the first: it runs once', async () => {
    const shop = await openGuarded();
    const first = shop.agent();
    const body = await shop.hidden(first);
    // As the page lies in the history of the browser; the session comes with the first answer.
    first.cookies.clear();
    expect(
      await run(await first.post('/actions/pay', body, { headers: { accept: 'application/json' } })),
    ).toBe(1);
    expect(first.cookies.size).toBeGreaterThan(0);
    const again = await first.post('/actions/pay', body, { headers: { accept: 'application/json' } });
    expect([again.headers.get('idempotency-replayed'), await run(again)]).toEqual(['true', 1]);
  });

  test('brings a page that prints it no session', async () => {
    const shop = await openShop();
    const page = await shop.agent().get('/bare');
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(page.headers.get('cache-control')).toContain('private');
  });

  test('is no way to what a user was answered, nor the other way round', async () => {
    const shop = await openGuarded();
    const visitor = shop.agent();
    const body = await shop.hidden(visitor);
    const init = { headers: { accept: 'application/json' } };
    const as = async (who: string | undefined): Promise<unknown> => {
      if (who === undefined) visitor.cookies.delete('who');
      else visitor.cookies.set('who', who);
      return run(await visitor.post('/actions/pay', body, init));
    };
    expect(await as('ann')).toBe(1);
    expect(await as('bob')).toBe(2);
    expect(await as(undefined)).toBe(3);
    expect(await as('ann')).toBe(1);
    // No user's name makes him the guest.
    expect(await as('guest')).toBe(4);
  });
});

describe('a key of a script', () => {
  test('does not lead from one guest to another’s outcome', async () => {
    const shop = await openGuarded();
    const headers = { 'idempotency-key': KEY };
    const [one, two] = [shop.agent(), shop.agent()];
    for (const visitor of [one, two]) await visitor.post('/_actions/pay', {});
    const answers = [];
    for (const visitor of [one, two])
      answers.push(await run(await visitor.post('/_actions/pay', {}, { headers })));
    expect(answers).toEqual([3, 4]);
  });

  test('cannot be made to look like the id of a form, or that of another action', async () => {
    const shop = await openGuarded();
    const visitor = shop.agent();
    visitor.cookies.set('who', 'ann');
    const body = await shop.hidden(visitor);
    const id = String(body.get('_once'));
    const headers = { accept: 'application/json' };
    expect(await run(await visitor.post('/actions/pay', body, { headers }))).toBe(1);
    // What the id says inside of its signature stands before the first dot, or somewhere in it.
    for (const key of [id, `form:${id}`, ...id.split('.')].filter((text) => text.length >= 8)) {
      const answer = await visitor.post('/actions/pay', withFields(new URLSearchParams(), {}), {
        headers: { ...headers, 'idempotency-key': key },
      });
      expect(answer.headers.get('idempotency-replayed')).toBeNull();
    }
    await visitor.post('/_actions/order', { item: 'tea' }, { headers: { 'idempotency-key': KEY } });
    await visitor.post('/_actions/pay', { item: 'tea' }, { headers: { 'idempotency-key': KEY } });
    expect(shop.orders).toEqual(['tea']);
  });

  test.each([
    ['too long', 'k'.repeat(256)],
    ['too short', 'short'],
    ['with a space', 'two words that are long'],
    ['two headers', 'first-of-two-keys, second-of-two-keys'],
    ['beyond ASCII', 'schlüssel-des-clients'],
  ])('that is malformed is refused before anything runs: %s', async (_name, key) => {
    const shop = await openGuarded();
    const answer = await shop
      .agent()
      .post('/_actions/order', { item: 'tea' }, { headers: { 'idempotency-key': key } });
    expect(answer.status).toBe(400);
    expect(shop.orders).toEqual([]);
  });

  test.each<[string, string, string, number]>([
    ['another value behind __proto__', '{"a":1,"__proto__":{"b":1}}', '{"a":1,"__proto__":{"b":2}}', 409],
    ['__proto__ left out', '{"a":1,"__proto__":{"b":1}}', '{"a":1}', 409],
    ['a text for a number', '{"a":1}', '{"a":"1"}', 409],
    ['a list for an object', '{"a":["x"]}', '{"a":{"0":"x"}}', 409],
    ['null for nothing', '{"a":null}', '{}', 409],
    [
      'keys in another order, deep down',
      '{"a":{"x":1,"y":[{"p":1,"q":2}]}}',
      '{"a":{"y":[{"q":2,"p":1}],"x":1}}',
      200,
    ],
    ['a key that came twice: the last one counts', '{"a":0,"a":1}', '{"a":1}', 200],
  ])('%s', async (_name, first, second, status) => {
    const shop = await openGuarded();
    const visitor = shop.agent();
    visitor.cookies.set('who', 'ann');
    const send = (text: string): Promise<Response> =>
      visitor.post('/_actions/pay', text, { headers: { 'idempotency-key': KEY } });
    expect((await send(first)).status).toBe(200);
    expect((await send(second)).status).toBe(status);
  });
});

describe('a repeat', () => {
  test('is refused by access, where the user lost the right meanwhile', async () => {
    const shop = await openGuarded();
    const visitor = shop.agent();
    visitor.cookies.set('who', 'ann');
    const headers = { 'idempotency-key': KEY };
    expect((await visitor.post('/_actions/pay', {}, { headers })).status).toBe(200);
    shop.barred.add('ann');
    const again = await visitor.post('/_actions/pay', {}, { headers });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([403, null]);
  });

  test('brings no cookie and no session of the first', async () => {
    const shop = await openGuarded();
    const visitor = shop.agent();
    visitor.cookies.set('who', 'ann');
    const headers = { 'idempotency-key': KEY };
    const first = await visitor.post('/_actions/pay', {}, { headers });
    expect(first.headers.getSetCookie().join()).toContain('receipt=');
    // The same user on another device.
    const other = shop.agent();
    other.cookies.set('who', 'ann');
    const again = await other.post('/_actions/pay', {}, { headers });
    expect([again.headers.get('idempotency-replayed'), again.headers.getSetCookie()]).toEqual(['true', []]);
  });

  test('of another site is refused as the first would have been', async () => {
    const shop = await openGuarded();
    const visitor = shop.agent();
    visitor.cookies.set('who', 'ann');
    const headers = { 'idempotency-key': KEY };
    await visitor.post('/_actions/pay', {}, { headers });
    const foreign = { ...headers, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const again = await visitor.post('/_actions/pay', {}, { headers: foreign });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([403, null]);
  });
});

describe('the claim', () => {
  test('of a process that stood still is another’s: what it comes to late changes nothing', async () => {
    let now = 0;
    const store = createMemoryOnceStore(() => now);
    const claim = (holder: string): { key: string; fingerprint: string; holder: string } => ({
      key: 'k',
      fingerprint: 'f',
      holder,
    });
    await store.claim(claim('dead'), 60);
    now = 61_000;
    expect(await store.claim(claim('heir'), 60)).toEqual({ state: 'claimed' });
    expect(await store.settle(claim('dead'), 'of the dead', 60)).toBe(false);
    expect(await store.renew(claim('dead'), 60)).toBe(false);
    await store.release(claim('dead'));
    expect(await store.settle(claim('heir'), 'of the heir', 60)).toBe(true);
    expect(await store.settle(claim('dead'), 'of the dead', 60)).toBe(false);
    expect(await store.claim(claim('next'), 60)).toMatchObject({ outcome: 'of the heir' });
  });

  test('a flood of ids does not fill the memory', async () => {
    const store = createMemoryOnceStore(Date.now, 1024 * 1024);
    const once = createOnce({ store, seconds: 86_400, warn: () => undefined });
    const { signal } = new AbortController();
    for (let n = 0; n < 4_000; n++) {
      const entered = await once.enter(`key ${n}`, 'f', signal);
      if (entered.kind === 'first') await entered.hold.settle('x'.repeat(10_000));
    }
    expect(store.size).toBeLessThan(110);
  });
});
