import { sql, type Kysely } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { Migration } from '../../src/db/migrations/migration.ts';
import { databaseKinds, freshDatabaseUrl, type FreshDatabase } from '../support/databases.ts';
import { userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

describe.each(databaseKinds)('migrations (%s)', (kind) => {
  let fresh: Promise<FreshDatabase> | undefined;
  const opened: SiteDatabase[] = [];

  /** Another connection to the test's database, which nobody has migrated. */
  async function open(): Promise<SiteDatabase> {
    fresh ??= freshDatabaseUrl(kind, { untouched: true });
    const database = createDatabase((await fresh).url, { now: () => NOW });
    opened.push(database);
    return database;
  }

  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    await (await fresh)?.drop();
    fresh = undefined;
  });

  const applied = ({ kysely }: SiteDatabase) => kysely.selectFrom('portico_migrations').selectAll().execute();
  const tables = async ({ kysely }: SiteDatabase): Promise<string[]> => {
    const found = await kysely.introspection.getTables();
    const schema = new URL((await fresh)!.url).searchParams.get('application_name') ?? undefined;
    return found.filter((table) => table.schema === schema).map(({ name }) => name);
  };

  it('make everything from nothing, and nothing the second time', async () => {
    const database = await open();
    await expect(database.database.users.find(1)).rejects.toThrow(/users/);
    await database.migrate();
    const first = await applied(database);
    expect(first).toEqual([
      { name: '001-accounts', applied_at: NOW },
      { name: '002-content', applied_at: NOW },
      { name: '003-once', applied_at: NOW },
    ]);
    const { id } = await database.database.users.insert(userNamed('ada'), NOW);
    await database.migrate();
    expect(await applied(database)).toEqual(first);
    expect(await database.database.users.find(id)).toBeDefined();
  });

  it('run once when several processes start at once', async () => {
    const databases = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(databases.map((database) => database.migrate()));
    for (const database of databases) {
      expect(await applied(database)).toHaveLength(3);
      expect(await database.database.users.findByUid('x')).toBeUndefined();
    }
  });

  it('are refused where a newer version has been', async () => {
    const database = await open();
    await database.migrate();
    await database.kysely
      .insertInto('portico_migrations')
      .values([
        { name: '998-sections', applied_at: NOW },
        { name: '999-entries', applied_at: NOW },
      ])
      .execute();
    await expect(database.migrate()).rejects.toThrow(
      'migrations that this version of @portico/site does not know: 998-sections, 999-entries.',
    );
  });

  it('leave nothing behind when one fails, and name it', async () => {
    const database = await open();
    const cause = new Error('no space for fruit');
    const good: Migration = {
      name: '001-good',
      up: (db) => db.schema.createTable('apples').addColumn('id', 'integer').execute(),
    };
    const bad: Migration = {
      name: '002-bad',
      async up(db: Kysely<unknown>) {
        await db.schema.createTable('pears').addColumn('id', 'integer').execute();
        throw cause;
      },
    };
    const failed = await migrate(database.kysely, kind, NOW, [good, bad]).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      message: 'The migration 002-bad failed, and nothing was changed: no space for fruit',
      cause,
    });
    expect(await tables(database)).toEqual([]);

    expect(await migrate(database.kysely, kind, NOW, [good])).toEqual(['001-good']);
    const repaired = { ...bad, up: () => Promise.resolve() };
    expect(await migrate(database.kysely, kind, NOW, [good, repaired])).toEqual(['002-bad']);
    expect((await tables(database)).toSorted()).toEqual(['apples', 'portico_migrations']);
  });

  it('name a migration whose statement the database refuses', async () => {
    const database = await open();
    const bad: Migration = {
      name: '001-bad',
      up: async (db) => void (await sql`create tabel x`.execute(db)),
    };
    await expect(migrate(database.kysely, kind, NOW, [bad])).rejects.toThrow(/001-bad failed.*tabel/);
    expect(await tables(database)).toEqual([]);
  });
});
