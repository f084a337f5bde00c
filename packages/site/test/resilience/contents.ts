import { sql, type Kysely } from 'kysely';
import { createDatabase } from '../../src/db/create-database.ts';
import type { Tables } from '../../src/db/tables.ts';

type Row = Readonly<Record<string, unknown>>;
export type Contents = Readonly<Record<string, readonly Row[]>>;

const TABLES = [
  'users',
  'user_groups',
  'user_permissions',
  'verification_codes',
  'impersonation_tokens',
  'sessions',
  'addresses',
  'outbox',
  'rate_limits',
  'discarded_files',
  'assets',
  'entries',
  'entry_authors',
  'entry_sites',
  'entry_references',
  'entry_drafts',
  'entry_revisions',
] as const satisfies ReadonlyArray<keyof Tables>;

/** Another connection to a site's database, for looking at all that is in it. */
export interface Reader {
  /** All tables but those that are named. */
  read(...but: ReadonlyArray<keyof Tables>): Promise<Contents>;
  close(): Promise<void>;
}

export function createReader(url: string): Reader {
  const { kysely, close } = createDatabase(url);
  return {
    async read(...but) {
      const entries: Array<[string, readonly Row[]]> = [];
      for (const table of TABLES)
        if (!but.includes(table)) entries.push([table, await rowsOf(kysely, table)]);
      return Object.fromEntries(entries);
    },
    close,
  };
}

async function rowsOf(kysely: Kysely<Tables>, table: keyof Tables): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(kysely);
  // Tables are read thousands of times: a text of each row once, and not one for each comparison.
  return rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .toSorted((a, b) => Number(a.text > b.text) - Number(a.text < b.text))
    .map(({ row }) => row);
}

/** How many rows of each table are in one and not in the other: the same for two runs of one change. */
export function difference(
  before: Contents,
  after: Contents,
): Record<string, { gone: number; added: number }> {
  const found: Record<string, { gone: number; added: number }> = {};
  for (const [table, rows] of Object.entries(before)) {
    const [old, now] = [rows, after[table] ?? []].map(
      (list) => new Set(list.map((row) => JSON.stringify(row))),
    );
    const gone = [...(old ?? [])].filter((row) => !now?.has(row)).length;
    const added = [...(now ?? [])].filter((row) => !old?.has(row)).length;
    if (gone > 0 || added > 0) found[table] = { gone, added };
  }
  return found;
}
