import type { Kysely, Selectable } from 'kysely';
import type { EntryState } from '../entries/entry.ts';
import type { EntryRevision, EntryRevisionStore } from '../entries/revision-store.ts';
import { atomically } from './atomically.ts';
import { isId } from './row-id.ts';
import { storedJson } from './stored-json.ts';
import type { EntryRevisionsTable } from './content-tables.ts';
import type { Tables } from './tables.ts';

const MAX_NUM = 2 ** 31 - 1;

export function createEntryRevisionStore(db: Kysely<Tables>): EntryRevisionStore {
  return {
    async find(entryId, num) {
      if (!isId(entryId) || !isId(num) || Math.abs(num) > MAX_NUM) return undefined;
      const row = await db
        .selectFrom('entry_revisions')
        .selectAll()
        .where('entry_id', '=', entryId)
        .where('num', '=', num)
        .executeTakeFirst();
      return row && { ...headOfRow(row), state: JSON.parse(row.state) as EntryState };
    },
    async listOf(entryId, { limit, offset }) {
      if (!isId(entryId)) return { revisions: [], total: 0 };
      const rows = await db
        .selectFrom('entry_revisions')
        .select(['entry_id', 'num', 'creator_id', 'notes', 'created_at'])
        .where('entry_id', '=', entryId)
        .orderBy('num', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await db
        .selectFrom('entry_revisions')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('entry_id', '=', entryId)
        .executeTakeFirstOrThrow();
      return { revisions: rows.map(headOfRow), total };
    },
    async add({ entryId, creatorId, notes, state }, keep, now) {
      return atomically(db, async (transaction) => {
        const counted = await transaction
          .updateTable('entries')
          .set((eb) => ({ last_revision: eb('last_revision', '+', 1) }))
          .where('id', '=', entryId)
          .returning('last_revision as num')
          .executeTakeFirst();
        if (counted === undefined) throw new Error(`The entry ${entryId} does not exist (any more).`);
        const { num } = counted;
        const row = await transaction
          .insertInto('entry_revisions')
          .values({
            entry_id: entryId,
            num,
            creator_id: creatorId,
            notes,
            state: storedJson(state),
            created_at: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        if (keep > 0)
          await transaction
            .deleteFrom('entry_revisions')
            .where('entry_id', '=', entryId)
            .where('num', '<=', num - keep)
            .execute();
        return { ...headOfRow(row), state: JSON.parse(row.state) as EntryState };
      });
    },
  };
}

function headOfRow(row: Omit<Selectable<EntryRevisionsTable>, 'state'>): Omit<EntryRevision, 'state'> {
  return {
    entryId: row.entry_id,
    num: row.num,
    creatorId: row.creator_id,
    notes: row.notes,
    createdAt: row.created_at,
  };
}
