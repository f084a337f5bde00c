import type { Kysely } from 'kysely';
import type { EntryStore } from '../entries/entry-store.ts';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

export function createEntryStore(_db: Kysely<Tables>, _kind: DatabaseKind): EntryStore {
  return {} as EntryStore;
}
