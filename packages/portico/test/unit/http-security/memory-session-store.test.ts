import { expect, test } from 'vitest';
import { createMemorySessionStore } from '../../../src/http/session/memory-session-store.ts';
import type { SessionRecord } from '../../../src/http/session/session-store.ts';

function record(changes: Partial<SessionRecord> = {}): SessionRecord {
  return { data: {}, version: 1, createdAt: 0, expiresAt: 1000, userId: undefined, ...changes };
}

test('writes only over the version that was expected', async () => {
  const store = createMemorySessionStore(() => 0);
  expect(await store.write('k', record(), 1)).toBe(false);
  expect(await store.write('k', record({ userId: '7' }), 0)).toBe(true);
  expect(await store.write('k', record(), 0)).toBe(false);
  expect(await store.write('k', record({ version: 2 }), 1)).toBe(true);
  expect(await store.read('k')).toEqual(record({ version: 2 }));
});

test('what it returns and what it was given are copies', async () => {
  const store = createMemorySessionStore(() => 0);
  const given = record({ data: { list: [1] } });
  await store.write('k', given, 0);
  (given.data['list'] as number[]).push(2);
  ((await store.read('k'))?.data['list'] as number[]).push(3);
  expect(await store.read('k')).toEqual(record({ data: { list: [1] } }));
});

test('an expired record is not returned and is as good as none', async () => {
  let now = 0;
  const store = createMemorySessionStore(() => now);
  await store.write('k', record({ version: 5 }), 0);
  now = 1000;
  expect(await store.read('k')).toBeUndefined();
  expect(await store.write('k', record({ version: 6, expiresAt: 2000 }), 5)).toBe(false);
  expect(await store.write('k', record({ expiresAt: 2000 }), 0)).toBe(true);
});

test('expired records are swept out', async () => {
  let now = 0;
  const store = createMemorySessionStore(() => now);
  for (let n = 0; n < 999; n++) await store.write(`old${n}`, record(), 0);
  now = 1000;
  await store.write('new', record({ expiresAt: 2000 }), 0);
  expect(store.size).toBe(1);
});

test('destroy removes, and is no error for what is not there', async () => {
  const store = createMemorySessionStore(() => 0);
  await store.write('k', record(), 0);
  await store.destroy('k');
  await store.destroy('k');
  expect(await store.read('k')).toBeUndefined();
});

test('moves a record to another key, if it is the version that was expected', async () => {
  let now = 0;
  const store = createMemorySessionStore(() => now);
  await store.write('old', record(), 0);
  expect(await store.move?.('old', 'new', record({ userId: '7' }), 2)).toBe(false);
  expect(await store.move?.('none', 'new', record(), 1)).toBe(false);
  expect(await store.move?.('old', 'new', record({ userId: '7' }), 1)).toBe(true);
  expect(await store.read('old')).toBeUndefined();
  expect(await store.read('new')).toEqual(record({ userId: '7' }));
  now = 1000;
  expect(await store.move?.('new', 'newer', record({ expiresAt: 2000 }), 1)).toBe(false);
});
