import type { Kysely } from 'kysely';
import type { RateLimitStore, RateVerdict } from 'portico';
import type { Tables } from './tables.ts';

/** Rate limits that all processes share. */
export interface SqlRateLimits extends RateLimitStore {
  consume(key: string, points: number, seconds: number): Promise<RateVerdict>;
  /** Removes the windows that ended before `before` (epoch milliseconds). Returns how many. */
  purge(before: number): Promise<number>;
}

/** Fixed windows that begin with the first count, as the rate limits in memory have them. `now` gives epoch milliseconds. */
export function createRateLimitStore(db: Kysely<Tables>, now: () => number): SqlRateLimits {
  return {
    async consume(key, points, seconds) {
      const time = Math.floor(now());
      const endsAt = time + Math.ceil(seconds * 1000);
      const window = await db
        .insertInto('rate_limits')
        .values({ key, count: 1, ends_at: endsAt })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet((eb) => {
            const isOver = eb('rate_limits.ends_at', '<=', time);
            const isUsedUp = eb('rate_limits.count', '>', points);
            const previous = eb.ref('rate_limits.count');
            return {
              // One above what is allowed says enough, and never overflows.
              count: eb
                .case()
                .when(isOver)
                .then(1)
                .when(isUsedUp)
                .then(previous)
                .else(eb(previous, '+', 1))
                .end(),
              ends_at: eb.case().when(isOver).then(endsAt).else(eb.ref('rate_limits.ends_at')).end(),
            };
          }),
        )
        .returning(['count', 'ends_at'])
        .executeTakeFirstOrThrow();
      if (window.count <= points) return { allowed: true, retryAfter: 0 };
      return { allowed: false, retryAfter: Math.max(1, Math.ceil((window.ends_at - time) / 1000)) };
    },
    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('rate_limits')
        .where('ends_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
