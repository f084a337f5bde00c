import type { SessionRecord, SessionStore } from './session-store.ts';

const SWEEP_EVERY = 1000;

/**
 * Sessions in this process's memory: for tests and demonstrations, since they end with it and no other
 * process sees them. Expired ones are swept out at every 1000th write. `now` gives epoch milliseconds.
 */
export function createMemorySessionStore(
  now: () => number = Date.now,
): SessionStore & { readonly size: number } {
  // As JSON, so that a session changed in memory is no session changed in the store.
  const records = new Map<
    string,
    { readonly json: string; readonly version: number; readonly expiresAt: number }
  >();
  let writes = 0;

  function live(key: string): { readonly json: string; readonly version: number } | undefined {
    const entry = records.get(key);
    return entry !== undefined && entry.expiresAt > now() ? entry : undefined;
  }

  function sweep(): void {
    const time = now();
    for (const [key, entry] of records) if (entry.expiresAt <= time) records.delete(key);
  }

  function put(key: string, record: SessionRecord): void {
    const { version, expiresAt } = record;
    records.set(key, { json: JSON.stringify(record), version, expiresAt });
    if (++writes % SWEEP_EVERY === 0) sweep();
  }

  return {
    get size() {
      return records.size;
    },
    async read(key) {
      const entry = live(key);
      if (entry === undefined) return undefined;
      const record = JSON.parse(entry.json) as Omit<SessionRecord, 'userId'> & { userId?: string };
      return { ...record, userId: record.userId };
    },
    async write(key, record, expectedVersion) {
      if ((live(key)?.version ?? 0) !== expectedVersion) return false;
      put(key, record);
      return true;
    },
    async move(key, newKey, record, expectedVersion) {
      if (live(key)?.version !== expectedVersion) return false;
      records.delete(key);
      put(newKey, record);
      return true;
    },
    async destroy(key) {
      records.delete(key);
    },
  };
}
