import type { Settings } from '../../config.ts';
import type { Stores } from '../../database.ts';
import { editorId, type Editor } from '../editor.ts';
import { entryState } from '../entry-state.ts';
import type { Entry } from '../entry.ts';

export interface RevisionToKeep {
  /** What it was, where it was published before. */
  readonly former: Entry | undefined;
  readonly entry: Entry;
  readonly editor: Editor;
  readonly notes: string | null;
}

/**
 * Keeps what an entry is after a save. Where it has no revision yet, as it came here by other ways, what it was before is
 * kept first. To be called with the entry locked.
 */
export async function keepRevision(
  { maxRevisions }: Pick<Settings, 'maxRevisions'>,
  { entryRevisions }: Pick<Stores, 'entryRevisions'>,
  { former, entry, editor, notes }: RevisionToKeep,
  now: number,
): Promise<void> {
  const entryId = entry.id;
  if (former !== undefined && !former.draft) {
    const { total } = await entryRevisions.listOf(entryId, { limit: 1, offset: 0 });
    if (total === 0) {
      const before = { entryId, creatorId: former.creatorId, notes: null, state: entryState(former) };
      await entryRevisions.add(before, maxRevisions, former.updatedAt);
    }
  }
  const after = { entryId, creatorId: editorId(editor), notes, state: entryState(entry) };
  await entryRevisions.add(after, maxRevisions, now);
}
