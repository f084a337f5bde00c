/**
 * Set to `1` while the names of actions are read. `context/find-secrets.ts` and `packages/site/src/resolve-settings.ts` ask for
 * it by this name: what runs on servers imports nothing of the Vite plugin.
 */
export const READ_NAMES = 'PORTICO_READ_NAMES';

/**
 * Runs what reads the names of actions in a build. There the secrets, the URL and the database of the site are another
 * machine's business: createPortico and createSite are told by the environment not to ask for them.
 */
export async function whileReadingNames<Result>(read: () => Promise<Result>): Promise<Result> {
  const before = process.env[READ_NAMES];
  process.env[READ_NAMES] = '1';
  try {
    return await read();
  } finally {
    if (before === undefined) delete process.env[READ_NAMES];
    else process.env[READ_NAMES] = before;
  }
}
