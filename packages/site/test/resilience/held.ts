import { vi } from 'vitest';

/** A call that has come to a point and waits there. */
export interface Held {
  /** Resolves once it is there. */
  readonly reached: Promise<void>;
  /** Lets it go on. */
  release(): void;
}

export interface HoldOptions {
  /** Where it waits: before the method's work is done, or after. */
  readonly at: 'before' | 'after';
}

/** Holds the next call of an asynchronous method; those after it pass. */
export function holdNext<Name extends string>(
  target: Readonly<Record<Name, (...values: never[]) => Promise<unknown>>>,
  name: Name,
  { at }: HoldOptions,
): Held {
  const real = target[name].bind(target) as (...values: unknown[]) => Promise<unknown>;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const spy = vi.spyOn(target as unknown as Record<string, typeof real>, name);
  spy.mockImplementationOnce(async (...values) => {
    if (at === 'after') {
      const result = await real(...values);
      reached.resolve();
      await gate.promise;
      return result;
    }
    reached.resolve();
    await gate.promise;
    return real(...values);
  });
  return { reached: reached.promise, release: gate.resolve };
}
