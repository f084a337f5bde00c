export interface RateVerdict {
  readonly allowed: boolean;
  /** Seconds to wait, for `Retry-After`; 0 when allowed. */
  readonly retryAfter: number;
}

/**
 * Counts how often something was done. Shared by all processes of an app, or each of them allows as much
 * again.
 */
export interface RateLimitStore {
  /** Counts one more of `key`, and allows it if that makes no more than `points` within `seconds`. */
  consume(key: string, points: number, seconds: number): Promise<RateVerdict> | RateVerdict;
}

interface Window {
  count: number;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  /** How many were allowed, when it was last asked. */
  points: number;
}

const MAX_KEYS = 100_000;
const EVICTION_SAMPLE = 16;

/**
 * Rate limits in this process's memory, in fixed windows that begin with the first count. Holds at most
 * `maxKeys` windows: when they are all in use, an old one gives way, rather one that has much left than one
 * that is used up. `now` gives epoch milliseconds.
 */
export function createMemoryRateLimits(
  now: () => number = Date.now,
  maxKeys: number = MAX_KEYS,
): RateLimitStore {
  const windows = new Map<string, Window>();
  let sweptAt = -Infinity;

  function makeRoom(time: number): void {
    if (windows.size < maxKeys) return;
    // At most once a second: a flood of new keys must not make each of them walk through all.
    if (time - sweptAt >= 1000) {
      sweptAt = time;
      for (const [key, window] of windows) if (window.endsAt <= time) windows.delete(key);
    }
    if (windows.size >= maxKeys) windows.delete(leastUsed());
  }

  function leastUsed(): string {
    let found = '';
    let lowest = Infinity;
    let seen = 0;
    for (const [key, window] of windows) {
      const use = window.count / window.points;
      if (use < lowest) {
        found = key;
        lowest = use;
      }
      if (++seen === EVICTION_SAMPLE) break;
    }
    return found;
  }

  return {
    consume(key, points, seconds) {
      const time = now();
      let window = windows.get(key);
      if (window === undefined || window.endsAt <= time) {
        windows.delete(key);
        makeRoom(time);
        window = { count: 0, endsAt: time + seconds * 1000, points };
        windows.set(key, window);
      }
      window.points = points;
      if (window.count >= points) {
        return { allowed: false, retryAfter: Math.max(1, Math.ceil((window.endsAt - time) / 1000)) };
      }
      window.count++;
      return { allowed: true, retryAfter: 0 };
    },
  };
}
