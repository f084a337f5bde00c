import { beforeEach, expect, test, vi } from 'vitest';
import { steadyTime } from '../../src/lib/steady-time.ts';

const waits = vi.hoisted(() => [] as Array<{ readonly milliseconds: number; end(): void }>);

vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) =>
    new Promise<void>((resolve) => waits.push({ milliseconds, end: () => resolve() })),
}));

beforeEach(() => void waits.splice(0));

/** What became of a promise so far. */
async function soFar(promise: Promise<unknown>): Promise<string> {
  const pending = new Promise((resolve) => setImmediate(resolve, 'pending'));
  return String(await Promise.race([promise.catch((error: Error) => error.message), pending]));
}

const works: ReadonlyArray<[string, () => Promise<string>]> = [
  ['found somebody', async () => 'found'],
  ['failed', async () => Promise.reject(new Error('failed'))],
];
test.each(works)('an answer waits for its time where the work %s', async (outcome, work) => {
  const answer = steadyTime(400, work);
  expect(await soFar(answer)).toBe('pending');
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([400]);
  waits[0]?.end();
  expect(outcome).toContain(await soFar(answer));
});

test('work that takes longer is waited for', async () => {
  let finish = (_result: string): void => undefined;
  const answer = steadyTime(400, () => new Promise<string>((resolve) => (finish = resolve)));
  waits[0]?.end();
  expect(await soFar(answer)).toBe('pending');
  finish('late');
  expect(await answer).toBe('late');
});
