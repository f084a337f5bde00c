import type { OnceClaim } from 'portico';
import { expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE } from './fixtures.ts';

const NOW = 1_700_000_000_000;

const claimOf = (holder: string, key = 'key', fingerprint = 'same'): OnceClaim => ({
  key,
  fingerprint,
  holder,
});

describeDatabases('outcomes of `once` actions', ({ open }) => {
  it('let one of many claims in, whichever process makes it', async () => {
    const both = [await open({ now: () => NOW }), await open({ now: () => NOW })];
    const found = await Promise.all(
      Array.from({ length: 60 }, (_, n) => both[n % 2]!.onceStore.claim(claimOf(`holder ${n}`), 60)),
    );
    expect(found.filter(({ state }) => state === 'claimed')).toHaveLength(1);
    expect(found.filter(({ state }) => state === 'running')).toHaveLength(59);
  });

  it('keep what is settled, with what was sent, until it expires', async () => {
    let now = NOW;
    const { onceStore } = await open({ now: () => now });
    await onceStore.claim(claimOf('a'), 60);
    expect(await onceStore.claim(claimOf('b', 'key', 'other'), 60)).toEqual({
      state: 'running',
      fingerprint: 'same',
    });
    const outcome = HOSTILE.join('\n');
    expect(await onceStore.settle(claimOf('b'), 'of b', 600)).toBe(false);
    expect(await onceStore.settle(claimOf('a'), outcome, 600)).toBe(true);
    expect(await onceStore.settle(claimOf('a'), 'again', 600)).toBe(false);
    await onceStore.release(claimOf('a'));
    now += 599_999;
    const settled = { state: 'settled', fingerprint: 'same', outcome };
    expect(await onceStore.claim(claimOf('b'), 60)).toEqual(settled);
    now += 1;
    expect(await onceStore.claim(claimOf('b'), 60)).toEqual({ state: 'claimed' });
  });

  it('lose a claim that is not renewed to the next, and only to that', async () => {
    let now = NOW;
    const { onceStore } = await open({ now: () => now });
    await onceStore.claim(claimOf('a'), 60);
    now += 59_000;
    expect(await onceStore.renew(claimOf('a'), 60)).toBe(true);
    now += 59_000;
    expect(await onceStore.claim(claimOf('b'), 60)).toMatchObject({ state: 'running' });
    now += 1000;
    // Over, and still the only one.
    expect(await onceStore.renew(claimOf('a'), 60)).toBe(true);
    now += 60_000;
    expect(await onceStore.claim(claimOf('b'), 60)).toEqual({ state: 'claimed' });
    expect(await onceStore.renew(claimOf('a'), 60)).toBe(false);
    expect(await onceStore.settle(claimOf('a'), 'of a', 60)).toBe(false);
    await onceStore.release(claimOf('a'));
    expect(await onceStore.claim(claimOf('c'), 60)).toMatchObject({ state: 'running' });
    await onceStore.release(claimOf('b'));
    expect(await onceStore.claim(claimOf('c'), 60)).toEqual({ state: 'claimed' });
  });

  it('are removed once they have expired', async () => {
    const { onceStore, purgeOnce, kysely } = await open({ now: () => NOW });
    for (const key of HOSTILE) await onceStore.claim(claimOf('a', key), 60);
    await onceStore.claim(claimOf('a', 'longer'), 120);
    expect(await purgeOnce(NOW + 60_000)).toBe(0);
    expect(await purgeOnce(NOW + 60_001)).toBe(HOSTILE.length);
    expect(await kysely.selectFrom('once_results').select('key').execute()).toEqual([{ key: 'longer' }]);
  });
});
