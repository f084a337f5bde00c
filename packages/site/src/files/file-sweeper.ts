import type { Services } from '../services.ts';

const RETRY_AFTER_MS = 10 * 60 * 1000;

/**
 * Deletes up to `limit` files that nothing refers to any more; how many went. One that cannot be deleted is logged and
 * stays on the list, to be tried again in ten minutes, so that it does not hold up those behind it. Two processes may sweep
 * at once: a file that is gone already is no error.
 */
export async function sweepFiles(
  services: Pick<Services, 'database' | 'storage' | 'logger' | 'now'>,
  limit: number,
): Promise<number> {
  const { storage, logger } = services;
  const { discardedFiles } = services.database;
  let swept = 0;
  for (const storageKey of await discardedFiles.due(services.now(), limit)) {
    try {
      await storage.delete(storageKey);
    } catch (error) {
      logger.warn(
        `@portico/site: the file ${storageKey} could not be deleted and will be tried again.`,
        error,
      );
      await discardedFiles.discard(storageKey, services.now() + RETRY_AFTER_MS);
      continue;
    }
    await discardedFiles.remove(storageKey);
    swept += 1;
  }
  return swept;
}
