import type { SessionRecord, SessionStore } from '../../http/session/session-store.ts';

/** What is used of a storage or driver of unstorage's. */
export interface KeyValueStorage {
  getItem(key: string): unknown;
  setItem(key: string, value: string, options: { readonly ttl: number }): unknown;
  removeItem(key: string): unknown;
}

const PREFIX = 'portico-session:';

/**
 * Sessions in a storage of unstorage's, or anything that is shaped like one. Such a storage cannot compare before it writes:
 * requests of one process wait for each other, of two processes that change one session at the same moment the later wins.
 * Use a store on SQL or Redis where that matters.
 */
export function unstorageSessions(storage: KeyValueStorage): SessionStore {
  const queues = new Map<string, Promise<unknown>>();
  /** One after the other, for each key. */
  const inTurn = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(key) ?? Promise.resolve()).then(work, work);
    queues.set(key, turn);
    const leave = (): void => {
      if (queues.get(key) === turn) queues.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  };
  const read = async (key: string): Promise<SessionRecord | undefined> => {
    const stored = await storage.getItem(PREFIX + key);
    // Storages parse what looks like JSON, drivers do not.
    const record = (typeof stored === 'string' ? JSON.parse(stored) : stored) as
      | SessionRecord
      | null
      | undefined;
    return record && record.expiresAt > Date.now() ? record : undefined;
  };
  return {
    read,
    write: (key, record, expectedVersion) =>
      inTurn(key, async () => {
        if (((await read(key))?.version ?? 0) !== expectedVersion) return false;
        const ttl = Math.max(1, Math.ceil((record.expiresAt - Date.now()) / 1000));
        await storage.setItem(PREFIX + key, JSON.stringify(record), { ttl });
        return true;
      }),
    destroy: (key) =>
      inTurn(key, async () => {
        await storage.removeItem(PREFIX + key);
      }),
  };
}
