import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSite, type MailTransport, type SiteOptions } from '../src/index.ts';
import type { Site } from '../src/site.ts';
import { temporaryFolder } from './files/folder.ts';

const transport: MailTransport = { send: async () => undefined };

async function siteAt(database: string, options: SiteOptions = {}): Promise<Site> {
  const site = createSite(
    {
      siteUrl: 'http://localhost',
      dataDir: await temporaryFolder(),
      database,
      mail: { transport },
      ...options,
    },
    { logger: { error: () => undefined, warn: () => undefined } },
  ) as Site;
  onTestFinished(() => site.close());
  return site;
}

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: unknown) => error as Error,
  );
}

const calls: ReadonlyArray<[string, (site: Site) => Promise<unknown>]> = [
  ['start', (site) => site.start()],
  ['migrate', (site) => site.migrate()],
  ['firstAdminLink', (site) => site.firstAdminLink('admin@example.com')],
];

describe.each(calls)('whoever runs %s of a site without its database', (_name, call) => {
  test('is told which server does not answer, what to look at, and no password', async () => {
    const site = await siteAt('postgres://me:s3cret%20word@127.0.0.1:1/shop?password=s3cret');
    const error = await failure(call(site));
    expect(error.message).toBe(
      'The database postgres://127.0.0.1:1/shop does not answer. Is the server running, does it know this database, and ' +
        'do user and password fit? It is named by DATABASE_URL, or by the option database.',
    );
    expect((error.cause as Error).message).toContain('ECONNREFUSED');
    expect(`${error.stack} ${String(error.cause)}`).not.toMatch(/s3cret|me:/);
  });

  test('is told which file it is', async () => {
    const file = join(await temporaryFolder(), 'site.db');
    await mkdir(file);
    const error = await failure(call(await siteAt(`sqlite:${file}`)));
    expect(error.message).toBe(
      `The database sqlite:${file} does not answer. Is it a SQLite database, and may this process write to it and to ` +
        'its folder? It is named by DATABASE_URL, or by the option database.',
    );
    expect(error.cause).toBeInstanceOf(Error);
  });
});

test('visitors are told another sentence', async () => {
  const site = await siteAt('postgres://127.0.0.1:1/shop');
  await expect(site.services.database.ping()).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    message: 'The site cannot reach its data right now. Try again in a moment.',
  });
});

test('starting asks the database where it does not migrate, too', async () => {
  const site = await siteAt('postgres://127.0.0.1:1/shop', { autoMigrate: false });
  expect((await failure(site.start())).message).toContain('does not answer');
});

test('without autoMigrate nothing is migrated before somebody says so', async () => {
  const database = `sqlite:${join(await temporaryFolder(), 'site.db')}`;
  const site = await siteAt(database, { autoMigrate: false });
  const { users } = site.services.database;
  expect((await failure(users.find(1))).message).toContain('no such table');
  await site.migrate();
  expect(await users.find(1)).toBeUndefined();
});
