import type { Kysely } from 'kysely';
import type { EntryDraftStore } from '../entries/draft-store.ts';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

export function createEntryDraftStore(_db: Kysely<Tables>, _kind: DatabaseKind): EntryDraftStore {
  return {} as EntryDraftStore;
}
