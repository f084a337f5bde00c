import { createMemoryOnceStore, defineAction, type OnceStore } from 'portico';
import { createClient } from 'portico/client';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openShop, type Shop } from './site.ts';

const post = (shop: Shop, body: object, key?: string, headers: Record<string, string> = {}) =>
  shop.agent().post('/_actions/order', body, {
    headers: { ...headers, ...(key !== undefined && { 'idempotency-key': key }) },
  });

test('a repeat has the status, the type and the body of the first', async () => {
  const shop = await openShop();
  for (const item of ['tea', 'away', 'made', 'taken']) {
    const key = `key-of-${item}`;
    const answers = [await post(shop, { item }, key), await post(shop, { item }, key)];
    const seen = await Promise.all(
      answers.map(async (answer) => [
        answer.status,
        answer.headers.get('content-type'),
        (await answer.text()).replaceAll(/"requestId":"[^"]*"/g, ''),
      ]),
    );
    expect(seen[1]).toEqual(seen[0]);
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
  }
  expect(shop.orders).toEqual(['tea', 'away', 'made', 'taken']);
});

test('the order of keys in JSON does not matter, their values do', async () => {
  const shop = await openShop();
  const send = (body: string) =>
    shop.agent().post('/_actions/order', body, { headers: { 'idempotency-key': 'some-key' } });
  expect((await send('{"item":"tea","b":{"x":1,"y":[1,2]}}')).status).toBe(200);
  expect((await send('{ "b": {"y":[1,2],"x":1}, "item":"tea"}')).status).toBe(200);
  const other = await send('{"item":"tea","b":{"x":1,"y":[2,1]}}');
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ code: 'CONFLICT' });
  expect(shop.orders).toEqual(['tea']);
});

test.each([
  ['"in-quotes"', 'in-quotes'],
  ['"in-\\"quotes\\""', 'in-"quotes"'],
  ['  in-space  ', 'in-space'],
])('%j is the key %j', async (given, same) => {
  const shop = await openShop();
  await post(shop, { item: 'tea' }, given);
  await post(shop, { item: 'tea' }, same);
  expect(shop.orders).toEqual(['tea']);
});

test.each(['short', 'x'.repeat(256), 'has a space in it', '"open', 'ümlaut-key'])(
  'the key %j is refused',
  async (key) => {
    const shop = await openShop();
    const answer = await post(shop, { item: 'tea' }, key);
    expect([answer.status, ((await answer.json()) as Error).message]).toEqual([
      400,
      expect.stringContaining('Idempotency-Key must be 8 to 255 visible'),
    ]);
    expect(shop.orders).toEqual([]);
  },
);

test('without an id it runs each time, and the log says so once; `required` refuses it', async () => {
  const shop = await openShop();
  for (let n = 0; n < 2; n++) expect((await post(shop, { item: 'tea' })).status).toBe(200);
  expect(shop.orders).toHaveLength(2);
  expect(shop.warnings).toEqual([expect.stringMatching(/order has `once`.*onceInput.*Idempotency-Key/)]);
  const refused = await shop.agent().post('/_actions/strict', { item: 'tea' });
  expect([refused.status, ((await refused.json()) as Error).message]).toEqual([
    400,
    expect.stringMatching(/strict.*onceInput\(ctx\).*Idempotency-Key/),
  ]);
  expect(shop.orders).toHaveLength(2);
});

test('repeats that arrive together wait for the first, and get its outcome', async () => {
  const shop = await openShop();
  let finish = (): void => undefined;
  shop.wait = new Promise<void>((done) => (finish = done));
  const asked = Array.from({ length: 10 }, () => post(shop, { item: 'tea' }, 'all-together'));
  await expect.poll(() => shop.orders).toEqual(['tea']);
  finish();
  const numbers = await Promise.all(asked.map(async (answer) => (await answer).text()));
  expect(new Set(numbers).size).toBe(1);
  expect(shop.orders).toEqual(['tea']);
});

test('nobody else gets the outcome: another user runs the action himself', async () => {
  const shop = await openShop({
    user: (ctx) => {
      const name = ctx.request.headers.get('x-user');
      return name === null ? null : { id: name, name };
    },
  });
  for (const name of ['ada', 'bob', 'ada'])
    await post(shop, { item: 'tea' }, 'the-same-key', { 'x-user': name });
  expect(shop.orders).toHaveLength(2);
  // Nor does another action.
  await shop
    .agent()
    .post(
      '/_actions/strict',
      { item: 'tea' },
      { headers: { 'idempotency-key': 'the-same-key', 'x-user': 'ada' } },
    );
  expect(shop.orders).toHaveLength(3);
});

test.each(['large', 'odd'])('an outcome that cannot be kept (%s) does not run again', async (item) => {
  const shop = await openShop();
  await post(shop, { item }, 'some-key');
  const repeat = await post(shop, { item }, 'some-key');
  expect([repeat.status, ((await repeat.json()) as Error).message]).toEqual([
    409,
    expect.stringContaining('done already'),
  ]);
  expect(shop.orders).toEqual([item]);
  expect(shop.errors.map(String)).toContainEqual(
    expect.stringContaining('a repeat is told that it happened'),
  );
});

test('of an error that is too large to be kept a repeat learns all but the data', async () => {
  const shop = await openShop();
  const first = (await (await post(shop, { item: 'clash' }, 'some-key')).json()) as Error & { data: object };
  const again = (await (await post(shop, { item: 'clash' }, 'some-key')).json()) as typeof first;
  expect([first.data, again.data]).toEqual([{ stored: expect.any(String) }, undefined]);
  expect(again.message).toBe(first.message);
  expect(shop.orders).toEqual(['clash']);
});

test('what a store holds of a submission cannot be guessed without its id', async () => {
  const seen: string[] = [];
  const store = createMemoryOnceStore();
  const watched: OnceStore = {
    ...store,
    claim: (claim, seconds) => {
      seen.push(claim.fingerprint);
      return store.claim(claim, seconds);
    },
  };
  const shop = await openShop({ once: { store: watched } });
  await post(shop, { item: 'tea' }, 'one-of-the-keys');
  await post(shop, { item: 'tea' }, 'another-of-them');
  expect(new Set(seen).size).toBe(2);
});

test('refused input and limits keep no id busy, and a replay counts against no limit by input', async () => {
  const ran: string[] = [];
  const limited = defineAction({
    once: true,
    input: z.object({ item: z.string().min(1) }),
    limit: { points: 1, seconds: 600, by: (_ctx, { item }) => item },
    handler: ({ item }) => ran.push(item),
  });
  const shop = await openShop({ more: { limited } });
  const send = async (item: string, key: string) =>
    (await shop.agent().post('/_actions/limited', { item }, { headers: { 'idempotency-key': key } })).status;
  expect(await send('', 'first-key')).toBe(400);
  expect(await send('tea', 'first-key')).toBe(200);
  expect(await send('tea', 'first-key')).toBe(200);
  expect(await send('tea', 'second-key')).toBe(429);
  expect(await send('coffee', 'second-key')).toBe(200);
  expect(ran).toEqual(['tea', 'coffee']);
});

describe('the client', () => {
  test('sends a new key with each call, and the one it is given', async () => {
    const keys: Array<string | null> = [];
    const client = createClient<{ x: never }>({
      baseUrl: 'http://site.test',
      fetch: (request) => {
        keys.push(request.headers.get('idempotency-key'));
        return Response.json(1);
      },
    }) as unknown as Record<string, (input: object, options?: object) => Promise<unknown>>;
    await client['x']?.({});
    await client['x']?.({});
    await client['x']?.({}, { idempotencyKey: 'my-own-key' });
    await client['x']?.({}, { method: 'GET' });
    expect(keys).toEqual([
      expect.stringMatching(/^[\x21-\x7e]{8,255}$/),
      expect.stringMatching(/^[\x21-\x7e]{8,255}$/),
      'my-own-key',
      null,
    ]);
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('a store that fails', () => {
  const failing = (methods: Partial<OnceStore>): OnceStore => ({ ...createMemoryOnceStore(), ...methods });
  const gone = (): Promise<never> => Promise.reject(new Error('gone'));

  test('before the handler: 503, and nothing ran', async () => {
    const shop = await openShop({ once: { store: failing({ claim: gone }) } });
    const answer = await post(shop, { item: 'tea' }, 'some-key');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(shop.orders).toEqual([]);
    // Without an id nothing is asked of it.
    expect((await post(shop, { item: 'tea' })).status).toBe(200);
  });

  test('after the handler: the answer goes on, and the log says what that means', async () => {
    const shop = await openShop({ once: { store: failing({ settle: gone }) } });
    expect((await post(shop, { item: 'tea' }, 'some-key')).status).toBe(200);
    expect(shop.warnings).toEqual([expect.stringContaining('could not be kept')]);
  });

  test('when it is to let go: the error of the handler is what is told', async () => {
    const shop = await openShop({ once: { store: failing({ release: gone }) } });
    expect((await post(shop, { item: 'busy' }, 'some-key')).status).toBe(429);
    expect(shop.warnings).toEqual([expect.stringContaining('could not be released')]);
  });
});

test('outcomes are kept for as long as the app says', async () => {
  let now = 1_700_000_000_000;
  const shop = await openShop({ once: { store: createMemoryOnceStore(() => now), seconds: 60 } });
  await post(shop, { item: 'tea' }, 'some-key');
  now += 59_999;
  await post(shop, { item: 'tea' }, 'some-key');
  expect(shop.orders).toHaveLength(1);
  now += 1;
  await post(shop, { item: 'tea' }, 'some-key');
  expect(shop.orders).toHaveLength(2);
  await expect(openShop({ once: { seconds: 0 } })).rejects.toThrow('once.seconds is 0');
});
