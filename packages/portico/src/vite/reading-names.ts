// Named in packages/site/src/resolve-settings.ts, too: packages know each other by their entries only.
const VARIABLE = 'PORTICO_READ_NAMES';

/**
 * Runs what reads the names of actions in a build. There the secrets, the URL and the database of the site are another
 * machine's business: createPortico and createSite are told by the environment not to ask for them.
 */
export async function whileReadingNames<Result>(read: () => Promise<Result>): Promise<Result> {
  const before = process.env[VARIABLE];
  process.env[VARIABLE] = '1';
  try {
    return await read();
  } finally {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  }
}
