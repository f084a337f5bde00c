import type { Timers } from '../../src/mail/timers.ts';

export interface FakeTimers extends Timers {
  readonly now: () => number;
  /** Milliseconds until each timer that is set, the next one first. */
  readonly waits: readonly number[];
  /** Lets time pass and runs what is due. */
  advance(ms: number): void;
}

/** A clock that stands still unless it is moved. */
export function createFakeTimers(): FakeTimers {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    get waits() {
      return [...timers].map(({ at }) => at - now).sort((one, other) => one - other);
    },
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}
