import { createMemoryOnceStore } from '../http/once/memory-once-store.ts';
import { createMemoryRateLimits } from '../http/rate-limit.ts';
import { createMemorySessionStore } from '../http/session/memory-session-store.ts';

// Stores carry no name, and an app may have wrapped none: the code of one method tells ours from all others.
const OURS: ReadonlySet<string> = new Set([
  String(createMemoryRateLimits().consume),
  String(createMemoryOnceStore().claim),
  String(createMemorySessionStore().read),
]);

/** Whether a store is one of Portico's own, which keep everything in the memory of their process. */
export function isInMemory(store: object): boolean {
  return ['consume', 'claim', 'read'].some((name) => {
    const method = (store as Readonly<Record<string, unknown>>)[name];
    return typeof method === 'function' && OURS.has(String(method));
  });
}
