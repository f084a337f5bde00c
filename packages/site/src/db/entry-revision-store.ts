import type { Kysely } from 'kysely';
import type { EntryRevisionStore } from '../entries/revision-store.ts';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

export function createEntryRevisionStore(_db: Kysely<Tables>, _kind: DatabaseKind): EntryRevisionStore {
  return {} as EntryRevisionStore;
}
