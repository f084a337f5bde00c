import { sql, type Kysely } from 'kysely';
import type { EntryPath } from '../entries/entry-store.ts';
import { chunks } from './chunks.ts';
import type { Tables } from './tables.ts';

/** See `EntryStore.releaseUris`. */
export async function releaseUris(db: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  for (const some of chunks([...new Set(ids)]))
    await db.updateTable('entry_sites').set({ uri_claim: null }).where('entry_id', 'in', some).execute();
}

/** See `EntryStore.setPaths`. To be run in a transaction. */
export async function setPaths(db: Kysely<Tables>, paths: readonly EntryPath[]): Promise<void> {
  for (const some of chunks(paths)) {
    const rows = some.map(
      ({ id, site, slug, uri }) =>
        sql`(cast(${id} as bigint), cast(${site} as text), cast(${slug} as text), cast(${uri} as text))`,
    );
    // Both databases call the columns of a list of values so.
    await sql`
      update entry_sites set
        slug = given.column3,
        slug_claim = entry_sites.section || '/' || given.column3,
        uri = given.column4,
        uri_claim = given.column4
      from (values ${sql.join(rows)}) as given
      where entry_sites.entry_id = given.column1 and entry_sites.site = given.column2
    `.execute(db);
  }
}
