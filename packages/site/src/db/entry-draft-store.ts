import type { Kysely, Selectable } from 'kysely';
import type { EntryDraft, EntryDraftStore } from '../entries/draft-store.ts';
import type { EntryState } from '../entries/entry.ts';
import { isId } from './row-id.ts';
import { storedJson } from './stored-json.ts';
import type { EntryDraftsTable } from './content-tables.ts';
import type { Tables } from './tables.ts';

export function createEntryDraftStore(db: Kysely<Tables>): EntryDraftStore {
  const all = db.selectFrom('entry_drafts').selectAll('entry_drafts');

  return {
    async find(entryId, creatorId) {
      if (!isId(entryId) || !isId(creatorId)) return undefined;
      const row = await all
        .where('entry_id', '=', entryId)
        .where('creator_id', '=', creatorId)
        .executeTakeFirst();
      return row && draftOfRow(row);
    },
    async listOf(entryId) {
      if (!isId(entryId)) return [];
      const rows = await all
        .where('entry_id', '=', entryId)
        .orderBy('updated_at', 'desc')
        .orderBy('creator_id', 'desc')
        .execute();
      return rows.map(draftOfRow);
    },
    async listBy(creatorId, limit) {
      if (!isId(creatorId)) return [];
      const rows = await all
        .where('creator_id', '=', creatorId)
        .orderBy('updated_at', 'desc')
        .orderBy('entry_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(draftOfRow);
    },
    async save({ entryId, creatorId, baseVersion, notes, state }, now) {
      const row = await db
        .insertInto('entry_drafts')
        .values({
          entry_id: entryId,
          creator_id: creatorId,
          base_version: baseVersion,
          notes,
          state: storedJson(state),
          created_at: now,
          updated_at: now,
        })
        .onConflict((conflict) =>
          conflict.columns(['entry_id', 'creator_id']).doUpdateSet((eb) => ({
            base_version: eb.ref('excluded.base_version'),
            notes: eb.ref('excluded.notes'),
            state: eb.ref('excluded.state'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return draftOfRow(row);
    },
    async delete(entryId, creatorId) {
      await db
        .deleteFrom('entry_drafts')
        .where('entry_id', '=', entryId)
        .where('creator_id', '=', creatorId)
        .execute();
    },
    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('entry_drafts')
        .where('updated_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function draftOfRow(row: Selectable<EntryDraftsTable>): EntryDraft {
  return {
    entryId: row.entry_id,
    creatorId: row.creator_id,
    baseVersion: row.base_version,
    notes: row.notes,
    state: JSON.parse(row.state) as EntryState,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
