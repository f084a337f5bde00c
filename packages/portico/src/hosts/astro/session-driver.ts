import type { SessionStore } from '../../http/session/session-store.ts';
import { unstorageSessions, type KeyValueStorage } from './unstorage-sessions.ts';

/** Makes a driver of unstorage's, which is what Astro's sessions stand on. */
export type SessionDriverFactory = (config: unknown) => KeyValueStorage;

let made: (() => KeyValueStorage) | undefined;

/** Told by the integration what driver the project's config names, if any. */
export function useSessionDriver(factory: SessionDriverFactory | null, config: unknown): void {
  let driver: KeyValueStorage | undefined;
  made = factory ? () => (driver ??= factory(config)) : undefined;
}

/**
 * Portico's sessions where Astro's are: `createPortico({ session: { store: astroSessions() } })`. The driver is that of
 * `session` in astro.config, or the adapter's. `Astro.session` stays as it is, with a cookie and entries of its own.
 */
export function astroSessions(): SessionStore {
  return unstorageSessions({
    getItem: (key) => storage().getItem(key),
    setItem: (key, value, options) => storage().setItem(key, value, options),
    removeItem: (key) => storage().removeItem(key),
  });
}

function storage(): KeyValueStorage {
  if (made) return made();
  throw new Error(
    'astroSessions(): Astro has no session driver. Use an adapter that brings one (node does), or name it in astro.config: ' +
      "session: { driver: sessionDrivers.redis({ url: '…' }) }. Without the integration portico() there is none, either.",
  );
}
