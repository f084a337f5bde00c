import type { Kysely } from 'kysely';
import type { EntryQueryStore } from '../entries/query/entry-query-store.ts';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

export function createEntryQueryStore(_db: Kysely<Tables>, _kind: DatabaseKind): EntryQueryStore {
  return {} as EntryQueryStore;
}
