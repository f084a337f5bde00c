import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { astroSessions, unstorageSessions, type KeyValueStorage } from 'portico/astro/sessions';

/** A storage that takes its time, as one over a network does. `parses` as storages do, and drivers do not. */
function storage(parses: boolean): KeyValueStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    items,
    async getItem(key) {
      await later();
      const text = items.get(key);
      return text === undefined ? null : parses ? (JSON.parse(text) as unknown) : text;
    },
    async setItem(key, value) {
      await later();
      items.set(key, value);
    },
    async removeItem(key) {
      await later();
      items.delete(key);
    },
  };
}

const record = (
  version: number,
  data = {},
): Parameters<ReturnType<typeof unstorageSessions>['write']>[1] => ({
  data,
  version,
  createdAt: 0,
  expiresAt: Date.now() + 60_000,
  userId: undefined,
});

describe.each([
  ['a storage', true],
  ['a driver', false],
])('unstorageSessions over %s', (_name, parses) => {
  test('reads what was written, and writes only over the version that is there', async () => {
    const store = unstorageSessions(storage(parses));
    expect(await store.read('a')).toBeUndefined();
    expect(await store.write('a', record(1, { n: 1 }), 0)).toBe(true);
    expect((await store.read('a'))?.data).toEqual({ n: 1 });
    expect(await store.write('a', record(1), 0)).toBe(false);
    expect(await Promise.all([store.write('a', record(2), 1), store.write('a', record(2), 1)])).toEqual([
      true,
      false,
    ]);
    await store.destroy('a');
    expect(await store.read('a')).toBeUndefined();
  });

  test('what has expired is not there', async () => {
    const store = unstorageSessions(storage(parses));
    await store.write('a', { ...record(1), expiresAt: Date.now() - 1 }, 0);
    expect(await store.read('a')).toBeUndefined();
  });

  test('an app keeps its sessions in it, by the hash of their ids', async () => {
    const kept = storage(parses);
    const count = defineAction({
      handler: (_input, { session }) => {
        session.set('n', (session.get<number>('n') ?? 0) + 1);
        return session.get<number>('n');
      },
    });
    const portico = createPortico({
      actions: { count },
      session: { store: unstorageSessions(kept), secure: false },
      secrets: ['x'.repeat(32)],
    });
    const call = (cookie = ''): Promise<Response> =>
      portico.fetch(
        new Request('http://localhost/_actions/count', {
          method: 'POST',
          headers: { cookie, 'sec-fetch-site': 'same-origin' },
        }),
      );
    const first = await call();
    const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';');
    expect([await first.json(), await (await call(cookie)).json()]).toEqual([1, 2]);
    expect([...kept.items.keys()]).toEqual([expect.stringMatching(/^portico-session:/)]);
    expect([...kept.items.keys()].join()).not.toContain(cookie.split('=')[1]);
  });
});

test('astroSessions() without a driver of Astro’s says what to do', async () => {
  await expect(async () => astroSessions().read('a')).rejects.toThrow('Astro has no session driver');
});
