import { mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { ActionError } from 'portico';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { databaseKinds, freshDatabaseUrl, onServer, type FreshDatabase } from '../support/databases.ts';
import { userNamed } from './fixtures.ts';
import { createGate, type Gate } from './gate.ts';

const NOW = 1_700_000_000_000;
const RECORD = { data: {}, version: 1, createdAt: NOW, expiresAt: NOW + 1, userId: undefined };

/** One call to each port, and what begins and ends transactions. */
const CALLS: Record<string, (site: SiteDatabase) => Promise<unknown>> = {
  users: ({ database }) => database.users.find(1),
  'users, writing': ({ database }) => database.users.insert(userNamed('x'), NOW),
  codes: ({ database }) => database.codes.find(1, 'x'),
  impersonationTokens: ({ database }) => database.impersonationTokens.find('x'),
  sessions: ({ database }) => database.sessions.listOf(1, NOW),
  addresses: ({ database }) => database.addresses.find(1),
  outbox: ({ database }) => database.outbox.claim(NOW, 1, 1),
  discardedFiles: ({ database }) => database.discardedFiles.due(NOW, 1),
  transaction: ({ database }) => database.transaction(async () => 1),
  ping: ({ database }) => database.ping(),
  'session store': ({ sessionStore }) => sessionStore.read('x'),
  'session store, writing': ({ sessionStore }) => sessionStore.write('x', RECORD, 0),
  'rate limits': async ({ rateLimits }) => rateLimits.consume('x', 1, 1),
  'purging rate limits': ({ purgeRateLimits }) => purgeRateLimits(NOW),
  migrate: ({ migrate }) => migrate(),
};

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function fresh(kind: 'sqlite' | 'postgres'): Promise<FreshDatabase> {
  // What is done to a file here is done before it is there, too.
  const made = await freshDatabaseUrl(kind, { untouched: kind === 'sqlite' });
  cleanups.push(made.drop);
  return made;
}

function at(url: string): SiteDatabase {
  const site = createDatabase(url, { now: () => NOW });
  cleanups.push(site.close);
  return site;
}

async function migrated(url: string): Promise<SiteDatabase> {
  const site = at(url);
  await site.migrate();
  return site;
}

function expectOutage(error: unknown, cause?: RegExp): void {
  expect(error).toBeInstanceOf(ActionError);
  expect(error).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    message: 'The site cannot reach its data right now. Try again in a moment.',
    headers: { 'Retry-After': '5' },
  });
  const reason = (error as ActionError).cause;
  expect(reason).toBeInstanceOf(Error);
  if (cause !== undefined) expect((reason as Error).message).toMatch(cause);
}

async function expectAllOut(site: SiteDatabase, cause?: RegExp): Promise<void> {
  const results = await Promise.allSettled(Object.values(CALLS).map((call) => call(site)));
  for (const [index, name] of Object.keys(CALLS).entries()) {
    const result = results[index]!;
    expect(result.status, name).toBe('rejected');
    if (result.status === 'rejected') expectOutage(result.reason, cause);
  }
}

async function expectAllBack(site: SiteDatabase): Promise<void> {
  for (const [name, call] of Object.entries(CALLS)) {
    const outcome = await call(site).then(
      () => 'answered',
      (error: unknown) => error,
    );
    expect(outcome, name).toBe('answered');
  }
}

describe.each(databaseKinds)('a closed database (%s)', (kind) => {
  it('answers 503 to everything', async () => {
    const site = await migrated((await fresh(kind)).url);
    await expectAllBack(site);
    await site.close();
    await site.close();
    // Migrations have connections of their own on PostgreSQL.
    await expectAllOut({ ...site, migrate: () => site.database.ping() });
  });

  it('finishes the transaction that is under way', async () => {
    const { url } = await fresh(kind);
    const site = await migrated(url);
    let closed: Promise<void> | undefined;
    const name = await site.database.transaction(async ({ users }) => {
      closed = site.close();
      return (await users.insert(userNamed('ada'), NOW)).username;
    });
    await closed;
    expect(name).toBe('ada');
    expect(await (await migrated(url)).database.users.findByLoginName('ada')).toBeDefined();
  });
});

describe('an outage of SQLite', () => {
  const fileOf = (url: string): string => url.slice('sqlite:'.length);

  it('begins when a folder is in the place of the file, and ends when the file is back', async () => {
    const { url } = await fresh('sqlite');
    const file = fileOf(url);
    const site = await migrated(url);
    const { id } = await site.database.users.insert(userNamed('ada'), NOW);
    renameSync(file, `${file}.away`);
    mkdirSync(file);
    await expectAllOut(site, /unable to open/);
    rmdirSync(file);
    renameSync(`${file}.away`, file);
    await expectAllBack(site);
    expect((await site.database.users.find(id))!.username).toBe('ada');
  });

  it('at the start ends when the file can be made', async () => {
    const { url } = await fresh('sqlite');
    mkdirSync(fileOf(url));
    const site = at(url);
    await expectAllOut(site, /unable to open/);
    rmdirSync(fileOf(url));
    await site.migrate();
    await expectAllBack(site);
  });

  it('begins when the file is gone, which is never made anew', async () => {
    const { url } = await fresh('sqlite');
    const site = await migrated(url);
    rmSync(fileOf(url));
    await expectAllOut(site, /is gone/);
    expect(statSync(fileOf(url), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('begins when the file is no database, and ends with a backup in its place', async () => {
    const [{ url }, backup] = [await fresh('sqlite'), await fresh('sqlite')];
    const file = fileOf(url);
    const copy = await migrated(backup.url);
    await copy.database.users.insert(userNamed('from the backup'), NOW);
    await copy.close();
    const site = await migrated(url);
    renameSync(file, `${file}.away`);
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    writeFileSync(file, 'x'.repeat(10_000));
    await expectAllOut(site, /not a database/);
    renameSync(fileOf(backup.url), file);
    await expectAllBack(site);
    expect(await site.database.users.findByLoginName('from the backup')).toBeDefined();
  });

  it('is a lock that another process holds on to; reading goes on meanwhile', async () => {
    const { url } = await fresh('sqlite');
    const site = await migrated(url);
    const other = new DatabaseSync(fileOf(url));
    other.exec('begin immediate');
    const written = site.database.users.insert(userNamed('ada'), NOW);
    expectOutage(await written.catch((error: unknown) => error), /locked/);
    expect(await site.database.users.find(1)).toBeUndefined();
    other.exec('commit');
    other.close();
    await expectAllBack(site);
  });

  it('is no lock that another process gives back in time', async () => {
    const { url } = await fresh('sqlite');
    const site = await migrated(url);
    const other = new DatabaseSync(fileOf(url));
    other.exec('begin immediate');
    const written = site.database.users.insert(userNamed('ada'), NOW);
    // Which needs this process to go on while the other call waits.
    for (let turns = 0; turns < 5; turns++) await setImmediate();
    other.exec('commit');
    other.close();
    expect((await written).username).toBe('ada');
  });

  it('in a transaction undoes it, also where the work does not notice', async () => {
    const { url } = await fresh('sqlite');
    const site = await migrated(url);
    // What a full disk does: SQLITE_FULL.
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(site.kysely);
    await sql`pragma max_page_count = ${sql.lit(rows[0]!.page_count)}`.execute(site.kysely);
    const failed = site.database.transaction(async ({ users, discardedFiles }) => {
      await discardedFiles.discard('small', NOW);
      await users.insert(userNamed('ada', { fullName: 'x'.repeat(1_000_000) }), NOW).catch(() => undefined);
      await discardedFiles.discard('another', NOW).catch(() => undefined);
    });
    expectOutage(await failed.catch((error: unknown) => error), /full/);
    expect(await site.database.discardedFiles.due(NOW, 9)).toEqual([]);
    await expectAllBack(site);
  });
});

describe.runIf(databaseKinds.includes('postgres'))('an outage of PostgreSQL', () => {
  async function gated(): Promise<{ gate: Gate; site: SiteDatabase }> {
    const { url } = await fresh('postgres');
    const direct = new URL(url);
    const gate = await createGate(Number(direct.port || 5432), direct.hostname);
    cleanups.push(gate.close);
    direct.hostname = '127.0.0.1';
    direct.port = String(gate.port);
    return { gate, site: await migrated(direct.href) };
  }

  it('is a port where nobody listens', async () => {
    await expectAllOut(at('postgres://postgres@127.0.0.1:1/postgres'), /ECONNREFUSED/);
  });

  it('is a server that says nothing', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => void server.close());
    const { port } = server.address() as { port: number };
    await expectAllOut(at(`postgres://postgres@127.0.0.1:${port}/postgres`), /timeout/);
  });

  it('is a server that does not know the database', async () => {
    const { url } = await fresh('postgres');
    const wrong = new URL(url);
    wrong.pathname = '/portico_test_no_such_database';
    await expectAllOut(at(wrong.href), /does not exist/);
  });

  it('begins when the connections are cut, and ends when they can be made again', async () => {
    const { gate, site } = await gated();
    const { id } = await site.database.users.insert(userNamed('ada'), NOW);
    await gate.shut();
    await expectAllOut(site);
    await gate.open();
    await expectAllBack(site);
    expect((await site.database.users.find(id))!.username).toBe('ada');
  });

  it('begins when the network swallows everything, and ends with it', async () => {
    const { gate, site } = await gated();
    await site.database.ping();
    gate.swallow();
    await expectAllOut(site);
    gate.pass();
    await vi.waitFor(() => site.database.ping());
    await expectAllBack(site);
  });

  it('in a transaction undoes it, also where the work does not notice', async () => {
    const { gate, site } = await gated();
    const failed = site.database.transaction(async ({ discardedFiles }) => {
      await discardedFiles.discard('first', NOW);
      await gate.shut();
      await gate.open();
      await discardedFiles.discard('second', NOW).catch(() => undefined);
      await discardedFiles.discard('third', NOW).catch(() => undefined);
    });
    expectOutage(await failed.catch((error: unknown) => error));
    expect(await site.database.discardedFiles.due(NOW, 9)).toEqual([]);
  });

  it('ends by itself after the server has ended all connections, used or idle', async () => {
    const { url } = await fresh('postgres');
    const site = await migrated(url);
    await Promise.all(Array.from({ length: 20 }, () => site.database.users.find(1)));
    const ended = site.database.transaction(async ({ users }) => {
      await onServer('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
        new URL(url).searchParams.get('application_name'),
      ]);
      await users.insert(userNamed('ada'), NOW);
    });
    expectOutage(await ended.catch((error: unknown) => error));
    await vi.waitFor(() => site.database.ping());
    await expectAllBack(site);
    expect(await site.database.users.findByLoginName('ada')).toBeUndefined();
  });

  it('is a statement that waits too long for a lock', async () => {
    const { url } = await fresh('postgres');
    const [site, other] = [await migrated(url), at(url)];
    const { id } = await site.database.users.insert(userNamed('ada'), NOW);
    await other.database.transaction(async ({ users }) => {
      await users.lock(id);
      const waiting = site.database.users.update(id, { firstName: 'Ada' }, NOW);
      expectOutage(await waiting.catch((error: unknown) => error), /statement timeout/);
    });
    expect((await site.database.users.update(id, { firstName: 'Ada' }, NOW)).firstName).toBe('Ada');
  });
});
