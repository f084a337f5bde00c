import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../support/databases.ts';
import { startShops, type ShopProcess } from './once-pair.ts';

const AT_ONCE = 100;
const LEASE_SECONDS = 60;

interface Sent {
  readonly path: string;
  readonly body: string | URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

const send = (shop: ShopProcess, { path, body, headers }: Sent): Promise<Response> =>
  fetch(shop.origin + path, { method: 'POST', body, headers, redirect: 'manual' });

/** What a browser sends when the form of the page is filled in: at either process, as behind a load balancer. */
async function filledForm(shop: ShopProcess, item: string): Promise<Sent> {
  const page = await fetch(shop.origin);
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
  const found = (await page.text()).matchAll(/name="([^"]*)" value="([^"]*)"/g);
  const fields = [...found].map(([, name = '', value = '']) => [name, value]);
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  return { path: '/?_action=order', body: new URLSearchParams([...fields, ['item', item]]), headers };
}

function typedCall(item: string, key: string): Sent {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return { path: '/_actions/order', body: JSON.stringify({ item }), headers };
}

/** All that a client sees of an answer but that it was one to a repeat. */
async function seen(answer: Response) {
  const { status, headers } = answer;
  return {
    status,
    location: headers.get('location'),
    type: headers.get('content-type'),
    body: await answer.text(),
  };
}

const isReplay = (answer: Response): boolean => answer.headers.get('idempotency-replayed') === 'true';

describe.each(databaseKinds)('one submission at two processes (%s)', (kind) => {
  const options = { timeout: 60_000 };

  test('of 100 at once one runs, and all are answered alike, forms as calls', options, async () => {
    const { shops, orders } = await startShops(kind);
    const ways = [
      { sent: await filledForm(shops[0], 'tea'), status: 303, ordered: ['tea'] },
      { sent: typedCall('cake', 'one-key-for-all'), status: 200, ordered: ['tea', 'cake'] },
    ];
    for (const { sent, status, ordered } of ways) {
      const asked = Array.from({ length: AT_ONCE }, (_, n) => send(shops[n % 2 === 0 ? 0 : 1], sent));
      await Promise.race(shops.map(({ ran }) => ran));
      for (const shop of shops) await shop.finish();
      const answers = await Promise.all(asked);
      expect(answers.filter(isReplay)).toHaveLength(AT_ONCE - 1);
      const [first, ...others] = await Promise.all(answers.map(seen));
      expect(first?.status).toBe(status);
      for (const other of others) expect(other).toEqual(first);
      // The back button, much later.
      const again = await send(shops[1], sent);
      expect([isReplay(again), await seen(again)]).toEqual([true, first]);
      expect(await orders()).toEqual(ordered);
    }
  });

  test(
    'a process that is killed while it runs one frees it by and by, and a repeat runs',
    options,
    async () => {
      const { shops, orders, database } = await startShops(kind);
      const [dying, other] = shops;
      const sent = await filledForm(dying, 'tea');
      const cut = expect(send(dying, sent)).rejects.toThrow('fetch failed');
      await dying.ran;
      await dying.kill();
      await cut;
      const held = await database.kysely
        .selectFrom('once_results')
        .select(['outcome', 'expires_at'])
        .execute();
      expect(held).toEqual([{ outcome: null, expires_at: expect.any(Number) }]);
      // Until then another submission of the same id is told apart all the same.
      const body = new URLSearchParams(sent.body);
      body.set('item', 'coffee');
      expect((await send(other, { ...sent, body })).status).toBe(409);
      await other.finish();
      await other.later(LEASE_SECONDS + 1);
      const repeat = await send(other, sent);
      expect([repeat.status, isReplay(repeat)]).toEqual([303, false]);
      expect(await orders()).toEqual(['tea', 'tea']);
      const third = await send(other, sent);
      expect([third.headers.get('location'), isReplay(third)]).toEqual([
        repeat.headers.get('location'),
        true,
      ]);
      expect(await orders()).toEqual(['tea', 'tea']);
    },
  );
});
