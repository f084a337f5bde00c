import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { freshDatabaseUrl } from '../support/databases.ts';

interface Locked {
  readonly site: SiteDatabase;
  /** Gives the lock back that another process holds. */
  unlock(): void;
}

async function locked(): Promise<Locked> {
  const { url, drop } = await freshDatabaseUrl('sqlite');
  const site = createDatabase(url);
  await site.migrate();
  const other = new DatabaseSync(url.slice('sqlite:'.length));
  other.exec('begin immediate');
  onTestFinished(async () => {
    other.close();
    await site.close();
    await drop();
  });
  return { site, unlock: () => other.exec('commit') };
}

test('while writers wait for the lock of another process, who only reads does not', async () => {
  const { site, unlock } = await locked();
  let settled = 0;
  const writes = Array.from({ length: 10 }, async (_each, n) => {
    await site.database.discardedFiles.discard(`file ${n}`, 1).finally(() => settled++);
  });
  for (let reads = 0; reads < 50; reads++) expect(await site.database.users.find(1)).toBeUndefined();
  expect(settled).toBe(0);
  unlock();
  await Promise.all(writes);
  expect(await site.database.discardedFiles.due(1, 99)).toHaveLength(10);
});

test('a writer that gives up does not take the file away from a transaction', async () => {
  const { site, unlock } = await locked();
  const refused = site.database.discardedFiles.discard('impatient', 1).catch((error: unknown) => error);
  // By then it has found the lock held, and sleeps.
  await site.database.users.find(1);
  const patient = site.database.transaction(async ({ discardedFiles }) => {
    await discardedFiles.discard('patient', 1);
    await refused;
    await discardedFiles.discard('patient, too', 1);
  });
  unlock();
  await patient;
  expect(await refused).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    cause: { message: expect.stringContaining('locked') },
  });
  expect(await site.database.discardedFiles.due(1, 99)).toEqual(['patient', 'patient, too']);
});
