import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryRateLimits, type RateVerdict } from '../../../src/http/rate-limit.ts';

function setUp(maxKeys?: number) {
  const clock = { now: 0 };
  const limits = createMemoryRateLimits(() => clock.now, maxKeys);
  const consume = (key: string, points = 2, seconds = 60) =>
    limits.consume(key, points, seconds) as RateVerdict;
  return { clock, consume };
}

describe('createMemoryRateLimits', () => {
  test('allows so many a window, then says how long to wait', () => {
    const { clock, consume } = setUp();
    expect(consume('a')).toEqual({ allowed: true, retryAfter: 0 });
    expect(consume('a')).toEqual({ allowed: true, retryAfter: 0 });
    expect(consume('a')).toEqual({ allowed: false, retryAfter: 60 });
    clock.now = 59_001;
    expect(consume('a')).toEqual({ allowed: false, retryAfter: 1 });
    clock.now = 60_000;
    expect(consume('a').allowed).toBe(true);
  });

  test('asking in vain does not make the wait longer', () => {
    const { clock, consume } = setUp();
    for (let n = 0; n < 100; n++) consume('a');
    clock.now = 60_000;
    expect(consume('a').allowed).toBe(true);
  });

  test('keys do not share their windows', () => {
    const { consume } = setUp();
    for (const key of ['a', 'a', 'b', '__proto__', 'constructor']) expect(consume(key).allowed).toBe(true);
  });

  test('never allows more than the points within one window, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30_000), { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (steps, points) => {
          const { clock, consume } = setUp();
          const allowedByWindow = new Map<number, number>();
          let windowStart = -Infinity;
          for (const step of steps) {
            clock.now += step;
            if (clock.now - windowStart >= 10_000) windowStart = clock.now;
            if (!consume('a', points, 10).allowed) continue;
            allowedByWindow.set(windowStart, (allowedByWindow.get(windowStart) ?? 0) + 1);
          }
          for (const allowed of allowedByWindow.values()) expect(allowed).toBeLessThanOrEqual(points);
        },
      ),
    );
  });

  test('a flood of keys neither grows the memory nor frees who is blocked', () => {
    const { consume } = setUp(100);
    consume('victim', 1);
    for (let n = 0; n < 10_000; n++) consume(`flood${n}`, 5);
    expect(consume('victim', 1).allowed).toBe(false);
    const freed = Array.from({ length: 10_000 }, (_, n) => consume(`flood${n}`, 1).allowed).filter(Boolean);
    expect(freed.length).toBeGreaterThan(9_000);
  });
});
