import { expect } from 'vitest';

/** For `expect.poll`: a browser on a busy machine takes its time. */
const PATIENCE: { timeout: number; interval: number } = { timeout: 15_000, interval: 25 };

/** Waits until `read` gives what is expected. */
export async function eventually<T>(read: () => T | Promise<T>, expected: T): Promise<void> {
  await expect.poll(read, PATIENCE).toEqual(expected);
}
