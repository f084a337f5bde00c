import { describe, expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE } from './fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('discarded files', ({ open }) => {
  it('are due from their time on, oldest first, no more than asked for', async () => {
    const { discardedFiles } = (await open()).database;
    await discardedFiles.discard('c', NOW + 2);
    await discardedFiles.discard('b', NOW + 1);
    await discardedFiles.discard('a', NOW);
    expect(await discardedFiles.due(NOW - 1, 10)).toEqual([]);
    expect(await discardedFiles.due(NOW + 1, 10)).toEqual(['a', 'b']);
    expect(await discardedFiles.due(NOW + 9, 2)).toEqual(['a', 'b']);
    await discardedFiles.remove('a');
    await discardedFiles.remove('a');
    expect(await discardedFiles.due(NOW + 9, 9)).toEqual(['b', 'c']);
  });

  it('are kept by the first who refers to them, and by nobody after that', async () => {
    const { discardedFiles } = (await open()).database;
    await discardedFiles.discard('a', NOW);
    const kept = await Promise.all([discardedFiles.keep('a'), discardedFiles.keep('a')]);
    expect(kept.toSorted()).toEqual([false, true]);
    expect(await discardedFiles.due(NOW, 9)).toEqual([]);
  });

  it('take the newer time when they are discarded again', async () => {
    const { discardedFiles } = (await open()).database;
    await discardedFiles.discard('a', NOW);
    await discardedFiles.discard('a', NOW + 5);
    expect(await discardedFiles.due(NOW + 4, 9)).toEqual([]);
    expect(await discardedFiles.due(NOW + 5, 9)).toEqual(['a']);
  });
});

describeDatabases('rate limits', ({ open }) => {
  it('allow so many in a window that begins with the first, and say how long to wait', async () => {
    let now = NOW;
    const { rateLimits } = await open({ now: () => now });
    const consume = () => rateLimits.consume('key', 2, 10);
    expect(await consume()).toEqual({ allowed: true, retryAfter: 0 });
    now += 4000;
    expect(await consume()).toEqual({ allowed: true, retryAfter: 0 });
    expect(await consume()).toEqual({ allowed: false, retryAfter: 6 });
    now += 5001;
    expect(await consume()).toEqual({ allowed: false, retryAfter: 1 });
    expect(await rateLimits.consume('other', 2, 10)).toMatchObject({ allowed: true });
    now = NOW + 10_000;
    expect(await consume()).toEqual({ allowed: true, retryAfter: 0 });
    expect(await consume()).toEqual({ allowed: true, retryAfter: 0 });
    expect(await consume()).toEqual({ allowed: false, retryAfter: 10 });
  });

  it('allow no more when many come at once to several processes', async () => {
    const both = [await open({ now: () => NOW }), await open({ now: () => NOW })];
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => both[n % 2]!.rateLimits.consume('key', 7, 60)),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(7);
  });

  it('forget windows that have ended', async () => {
    const { rateLimits, purgeRateLimits, kysely } = await open({ now: () => NOW });
    for (const key of HOSTILE) await rateLimits.consume(key, 1, 10);
    await rateLimits.consume('longer', 1, 20);
    expect(await purgeRateLimits(NOW + 10_000)).toBe(0);
    expect(await purgeRateLimits(NOW + 10_001)).toBe(HOSTILE.length);
    expect(await kysely.selectFrom('rate_limits').select('key').execute()).toEqual([{ key: 'longer' }]);
  });

  describe('a count without end', () => {
    it('never overflows', async () => {
      const { rateLimits, kysely } = await open({ now: () => NOW });
      for (let n = 0; n < 20; n++) await rateLimits.consume('key', 3, 10);
      expect(await kysely.selectFrom('rate_limits').select('count').execute()).toEqual([{ count: 4 }]);
    });
  });
});
