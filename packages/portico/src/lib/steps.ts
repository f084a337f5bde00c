/**
 * Work in steps of which some may have to wait: a generator that yields each promise where an async function would await it.
 * With nothing to wait for it is done at once and costs 0.1 µs, where an async function and whoever awaits it cost 0.2 µs, on
 * each layer that a small call goes through: 3 % of it (`npm run bench -- R1 F1`).
 *
 * Yield promises only: `isPromise(x) ? yield x : x`. What comes back is said to be `never`, so that this has the type of `x`
 * where there was no promise.
 */
export type Steps<T> = Generator<PromiseLike<unknown>, T, never>;

/** Takes the steps: the result itself where none had to wait. What they throw is thrown, or rejects after a wait. */
export function take<T>(steps: Steps<T>): T | Promise<T> {
  const step = steps.next();
  return step.done ? step.value : takeOn(steps, step.value);
}

async function takeOn<T>(steps: Steps<T>, first: PromiseLike<unknown>): Promise<T> {
  let waiting = first;
  for (;;) {
    const step = await waiting.then(
      (value) => steps.next(value as never),
      (error: unknown) => steps.throw(error),
    );
    if (step.done) return step.value;
    waiting = step.value;
  }
}
