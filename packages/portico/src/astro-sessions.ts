export { astroSessions } from './hosts/astro/session-driver.ts';
export { unstorageSessions } from './hosts/astro/unstorage-sessions.ts';
export type { KeyValueStorage } from './hosts/astro/unstorage-sessions.ts';
