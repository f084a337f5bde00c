import { sql, type Kysely } from 'kysely';
import { searchText } from '../lib/search-text.ts';
import { chunks } from './chunks.ts';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

// PostgreSQL's tsvector holds 1 MB at most, and a letter has four bytes.
const MAX_CHARACTERS = 200_000;
const MAX_TITLE_CHARACTERS = 2000;

/** Puts the words that a row of `entry_sites` is found by in the place of those it had. */
export async function writeWords(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  rowId: number,
  words: { readonly title: string | null; readonly body: string },
): Promise<void> {
  const title = searchText((words.title ?? '').slice(0, MAX_TITLE_CHARACTERS)).slice(0, MAX_TITLE_CHARACTERS);
  const body = searchText(words.body.slice(0, MAX_CHARACTERS)).slice(0, MAX_CHARACTERS);
  if (kind === 'postgres') {
    await sql`
      insert into entry_search (id, words)
      values (${rowId}, setweight(to_tsvector('simple', ${title}), 'A') || to_tsvector('simple', ${body}))
      on conflict (id) do update set words = excluded.words
    `.execute(db);
    return;
  }
  await removeWords(db, kind, [rowId]);
  await sql`insert into entry_search (rowid, title, body) values (${rowId}, ${title}, ${body})`.execute(db);
}

/** Those rows of `entry_sites` are found by no word any more. */
export async function removeWords(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  rowIds: readonly number[],
): Promise<void> {
  const key = sql.ref(kind === 'postgres' ? 'id' : 'rowid');
  for (const some of chunks(rowIds))
    await sql`delete from entry_search where ${key} in (${sql.join(some)})`.execute(db);
}
