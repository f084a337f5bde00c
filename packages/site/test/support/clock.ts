import { vi } from 'vitest';

/** Moves the time that everything sees which asks `Date.now`. It goes on running. */
export interface Clock {
  /** Seconds. */
  advance(seconds: number): void;
  restore(): void;
}

export function createClock(): Clock {
  const realNow = Date.now.bind(Date);
  let offset = 0;
  const spy = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + offset);
  return {
    advance(seconds) {
      offset += seconds * 1000;
    },
    restore: () => spy.mockRestore(),
  };
}
