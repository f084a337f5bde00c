import { describe, expect, test } from 'vitest';
import { isPromise } from '../../../src/lib/promise.ts';
import { take, type Steps } from '../../../src/lib/steps.ts';

function* sum(...values: Array<number | Promise<number>>): Steps<number> {
  let total = 0;
  for (const value of values) total += isPromise(value) ? yield value : value;
  return total;
}

function* rescued(value: Promise<number>): Steps<string> {
  try {
    yield value;
    return 'fine';
  } catch (error) {
    return `rescued: ${(error as Error).message}`;
  }
}

describe('take', () => {
  test('gives the result itself where nothing has to be waited for', () => {
    expect(take(sum(1, 2))).toBe(3);
  });

  test('waits for each promise, in order', async () => {
    const taken = take(sum(1, Promise.resolve(2), 3, Promise.resolve(4)));
    expect(taken).toBeInstanceOf(Promise);
    expect(await taken).toBe(10);
  });

  test('throws a rejection into the steps, which may catch it', async () => {
    expect(await take(rescued(Promise.reject(new Error('gone'))))).toBe('rescued: gone');
    await expect(take(sum(1, Promise.reject(new Error('gone'))))).rejects.toThrow('gone');
  });

  test('throws what the steps throw before they wait, and rejects afterwards', async () => {
    function* failing(waits: boolean): Steps<never> {
      if (waits) yield Promise.resolve();
      throw new Error('broken');
    }
    expect(() => take(failing(false))).toThrow('broken');
    await expect(take(failing(true))).rejects.toThrow('broken');
  });
});
