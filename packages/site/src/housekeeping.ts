import type { Settings } from './config.ts';
import type { Database } from './database.ts';
import type { Services } from './services.ts';
import { sweepFiles } from './files/file-sweeper.ts';

const EVERY_MS = 60_000;
const FILES_AT_ONCE = 100;
// A sent mail has lost its text; its row tells an administrator for a while that it went out.
const SENT_MAIL_MS = 30 * 86_400_000;

export interface Housekeeping {
  start(): void;
  /** One round at once, for tests and for those who schedule it themselves. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Removes what nobody needs any more: ended sessions, abandoned accounts, drafts and files, entries that were deleted long
 * ago, rows of sent mails, old limits, outcomes that no repeat is answered with any more.
 */
export function createHousekeeping(
  services: Services,
  purges: ReadonlyArray<(now: number) => Promise<unknown>>,
): Housekeeping {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    const now = services.now();
    const { settings, database } = services;
    await purgeUsers(database, settings.purgePendingUsersDuration, now);
    await database.sessions.purge(now - settings.purgeStaleUserSessionDuration * 1000);
    await database.impersonationTokens.purge(now);
    await database.outbox.purge(now - SENT_MAIL_MS);
    for (const purge of purges) await purge(now);
    await purgeEntries(database, settings, now);
    await sweepFiles(services, FILES_AT_ONCE);
  }

  function quietly(): void {
    round = run().catch((error: unknown) =>
      services.logger.warn('portico: housekeeping failed, it tries again', error),
    );
  }

  return {
    start() {
      timer ??= setInterval(quietly, EVERY_MS).unref();
    },
    run,
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

async function purgeUsers(database: Database, duration: number, now: number): Promise<void> {
  if (duration > 0) await database.users.purgePending(now - duration * 1000);
}

async function purgeEntries(
  { entries, entryDrafts }: Database,
  { softDeleteDuration, purgeUnsavedDraftsDuration }: Settings,
  now: number,
): Promise<void> {
  if (softDeleteDuration > 0) await entries.purgeDeleted(now - softDeleteDuration * 1000);
  if (purgeUnsavedDraftsDuration === 0) return;
  const before = now - purgeUnsavedDraftsDuration * 1000;
  await entries.purgeDrafts(before);
  await entryDrafts.purge(before);
}
