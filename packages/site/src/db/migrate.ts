import { isActionError } from 'portico';
import { sql, type Kysely } from 'kysely';
import type { PlannedStep } from '../content/content-upkeep.ts';
import type { DatabaseKind } from './connect.ts';
import type { ContentMigration } from './content-migration.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import type { Tables } from './tables.ts';

// Any number, as long as it is always this one: who migrates holds PostgreSQL's advisory lock of it.
const LOCK = 7_067_842_630;

/**
 * Brings the database up to date, in one transaction: all of it or nothing; first its tables, then what `content` finds to do.
 * Processes that start at once wait for one another. Returns the names of the migrations that ran. Throws where the database
 * has migrations that this version does not know, and an error with the name of a migration that failed.
 */
export async function migrate(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
  content?: ContentMigration,
): Promise<readonly string[]> {
  // Without a lock, and without the right to create tables, which the site may lack once it is set up.
  if ((await pending(db, kind, migrations)).length === 0 && !(await content?.isDue(db))) return [];
  return db.transaction().execute(async (transaction) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(transaction);
    const due = await pending(transaction, kind, migrations);
    if (!(await hasTable(transaction, kind))) await createTable(transaction, kind);
    for (const migration of due) {
      await named(`The migration ${migration.name}`, () =>
        migration.up(transaction as unknown as Kysely<unknown>, kind),
      );
      await transaction
        .insertInto('portico_migrations')
        .values({ name: migration.name, applied_at: now })
        .execute();
    }
    if (content !== undefined) await named('Changing the content', () => content.apply(transaction, now));
    return due.map(({ name }) => name);
  });
}

/** What `migrate` would do. Changes nothing. */
export async function planMigration(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  content?: ContentMigration,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly PlannedStep[]> {
  const due = await pending(db, kind, migrations);
  const isEmpty = due.length > 0 && !(await hasTable(db, kind, 'content_schema'));
  return [
    ...due.map(({ name }): PlannedStep => ({
      text: `Run the migration ${name}.`,
      entries: null,
      effect: 'change',
    })),
    ...((await content?.plan(db, isEmpty)) ?? []),
  ];
}

async function pending(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  if (!(await hasTable(db, kind))) return migrations;
  const applied = new Set(
    (await db.selectFrom('portico_migrations').select('name').execute()).map(({ name }) => name),
  );
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !known.has(name)).toSorted();
  if (unknown.length > 0)
    throw new Error(
      `The database has migrations that this version of @portico/site does not know: ${unknown.join(', ')}. ` +
        'A newer version has used it: run that one, or restore a backup from before.',
    );
  return migrations.filter(({ name }) => !applied.has(name));
}

async function named(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isActionError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} failed, and nothing was changed: ${reason}`, { cause: error });
  }
}

async function hasTable(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  name = 'portico_migrations',
): Promise<boolean> {
  const { rows } =
    kind === 'postgres'
      ? // Not to_regclass(): within a transaction it goes on saying what it said before the lock was had.
        await sql`
          select 1 from pg_tables
          where tablename = ${name} and schemaname = any (current_schemas(false))
        `.execute(db)
      : await sql`select 1 from sqlite_schema where name = ${name}`.execute(db);
  return rows.length > 0;
}

async function createTable(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('portico_migrations')
    .addColumn('name', 'text', (column) => column.notNull().primaryKey())
    .addColumn('applied_at', kind === 'postgres' ? 'bigint' : 'integer', (column) => column.notNull())
    .execute();
}
