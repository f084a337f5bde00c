import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, afterEach, describe } from 'vitest';
import type { DatabaseKind } from '../../src/db/connect.ts';
import { createDatabase, type DatabaseOptions, type SiteDatabase } from '../../src/db/create-database.ts';

export type { DatabaseKind };

export interface FreshDatabase {
  readonly url: string;
  /** Removes it, with all that is in it. */
  drop(): Promise<void>;
}

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const isRequired = process.env['PORTICO_REQUIRE_POSTGRES'] === '1';
const missing = await whyNoPostgres();

/** The databases that the tests run on here. Where no PostgreSQL answers it is left out, which is printed. */
export const databaseKinds: readonly DatabaseKind[] =
  missing === undefined ? ['sqlite', 'postgres'] : ['sqlite'];

if (missing !== undefined) console.warn(`Skipped on PostgreSQL: ${missing}`);

/**
 * A database with nothing in it: a file in a folder of its own, or a schema of its own. It may be migrated already, since
 * a file is a copy of one that is, and a schema what the last test has left, emptied; `untouched` has not even a table.
 */
export function freshDatabaseUrl(
  kind: DatabaseKind,
  { untouched = false }: { readonly untouched?: boolean } = {},
): Promise<FreshDatabase> {
  return kind === 'sqlite' ? freshFile(untouched) : freshSchema(untouched);
}

export interface SuiteDatabase {
  readonly kind: DatabaseKind;
  /** Another connection to the test's database, as another process has it. It is migrated, and closed after the test. */
  readonly open: (options?: DatabaseOptions) => Promise<SiteDatabase & { readonly url: string }>;
}

/** Runs a suite on each database, each test on an empty one. */
export function describeDatabases(name: string, suite: (database: SuiteDatabase) => void): void {
  for (const kind of databaseKinds) {
    describe(`${name} (${kind})`, () => {
      let fresh: Promise<FreshDatabase> | undefined;
      const opened: SiteDatabase[] = [];

      async function dispose(): Promise<void> {
        for (const database of opened.splice(0)) await database.close();
        await (await fresh)?.drop();
        fresh = undefined;
      }

      suite({
        kind,
        async open(options) {
          fresh ??= freshDatabaseUrl(kind);
          const { url } = await fresh;
          const database = createDatabase(url, options);
          opened.push(database);
          await database.migrate();
          return { ...database, url };
        },
      });
      afterEach(dispose);
    });
  }
  if (missing !== undefined)
    describe.skip(`${name} (postgres; skipped: ${missing})`, () => {
      suite({ kind: 'postgres', open: () => Promise.reject(new Error(missing)) });
    });
}

async function freshFile(untouched: boolean): Promise<FreshDatabase> {
  const folder = await sqliteFolder();
  const file = join(folder, 'site.db');
  if (!untouched) {
    migrated ??= migratedFile();
    await copyFile(await migrated, file);
  }
  return { url: `sqlite:${file}`, drop: () => rm(folder, { recursive: true, force: true }) };
}

const sqliteFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'portico-sqlite-'));

// Making the tables takes longer than many a test does, on PostgreSQL ten times as long as on SQLite.
let migrated: Promise<string> | undefined;
const used: string[] = [];

async function migratedFile(): Promise<string> {
  const file = join(await sqliteFolder(), 'template.db');
  const database = createDatabase(`sqlite:${file}`);
  await database.migrate();
  // Nothing is left in the log beside the file.
  await database.close();
  return file;
}

async function freshSchema(untouched: boolean): Promise<FreshDatabase> {
  const schema = (untouched ? undefined : used.pop()) ?? (await newSchema());
  const url = new URL(SERVER);
  // Tests end processes and cut connections, and never the server: its word for a commit need not wait for the disk.
  url.searchParams.set('options', `-c search_path=${schema} -c synchronous_commit=off`);
  // By which a test finds the connections of its own, to cut them.
  url.searchParams.set('application_name', schema);
  return {
    url: url.href,
    async drop() {
      if (untouched) {
        await onServer(`drop schema ${schema} cascade`);
        return;
      }
      await onServer(`do $$
        declare name text;
        begin
          for name in select tablename from pg_tables where schemaname = '${schema}' and tablename <> 'portico_migrations'
          loop execute format('delete from ${schema}.%I', name); end loop;
        end $$`);
      used.push(schema);
    },
  };
}

async function newSchema(): Promise<string> {
  swept ??= sweep();
  await swept;
  const schema = `${PREFIX}${REAL_START}_${randomBytes(6).toString('hex')}`;
  await onServer(`create schema ${schema}`);
  return schema;
}

const PREFIX = 'portico_test_';
const ABANDONED_MS = 3_600_000;
// Tests may move the clock later.
const REAL_START = Date.now();
let swept: Promise<void> | undefined;

/** Removes what test runs have left behind that were ended from outside. */
async function sweep(): Promise<void> {
  const found = await onServer<{ name: string }>(
    'select nspname as name from pg_namespace where starts_with(nspname, $1)',
    [PREFIX],
  );
  for (const { name } of found) {
    const madeAt = Number(name.slice(PREFIX.length).split('_')[0]);
    if (madeAt < REAL_START - ABANDONED_MS)
      // Another run may be at it too.
      await onServer(`drop schema if exists ${name} cascade`).catch(() => undefined);
  }
}

let server: Pool | undefined;

/** Runs a statement on the test server itself, outside of any test's schema. */
export async function onServer<Row extends object>(
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  server ??= new Pool({ connectionString: SERVER, max: 2, options: '-c synchronous_commit=off' });
  return (await server.query<Row>(sql, [...parameters])).rows;
}

// Of the file that imports this: when all its tests are done.
afterAll(async () => {
  if (migrated !== undefined) await rm(dirname(await migrated), { recursive: true, force: true });
  migrated = undefined;
  for (const schema of used.splice(0)) await onServer(`drop schema ${schema} cascade`);
  await server?.end();
  server = undefined;
});

async function whyNoPostgres(): Promise<string | undefined> {
  try {
    const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 1000 });
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    const reason = `no server answers at ${new URL(SERVER).host}: ${(error as Error).message}`;
    if (isRequired) throw new Error(`PORTICO_REQUIRE_POSTGRES is 1, but ${reason}`, { cause: error });
    return reason;
  }
}
