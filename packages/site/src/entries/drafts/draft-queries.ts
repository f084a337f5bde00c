import type { Services } from '../../services.ts';
import type { EntryDraft } from '../draft-store.ts';
import { withState } from '../entry-state.ts';
import type { Entry } from '../entry.ts';
import { originOf } from '../lifecycle/origin.ts';
import { entryRecord, type EntryRecord } from '../query/entry-record.ts';

/** Somebody's unpublished work, for server code. */
export interface DraftRecord {
  /** As the draft has it. Its `id` is that of the entry; its `status` what it would be. */
  readonly entry: EntryRecord;
  /** Whether these are changes to an entry that is published; else the entry itself was never published. */
  readonly provisional: boolean;
  readonly notes: string | null;
  /** Whether the entry was saved since the draft was begun. */
  readonly outdated: boolean;
  readonly dateCreated: Date;
  readonly dateUpdated: Date;
}

/** Reading what was not published yet. It asks nobody's permission. */
export interface DraftQueries {
  /**
   * A user's own changes to an entry, on a site by its handle, the primary one unless given; for an entry that was never
   * published the entry itself, if it is that user's.
   */
  find(entryId: number, userId: number, site?: string): Promise<DraftRecord | undefined>;
  /** All of a user, last saved first; the 100 latest unless `limit` says otherwise. */
  listOf(
    userId: number,
    options?: { readonly limit?: number; readonly site?: string },
  ): Promise<readonly DraftRecord[]>;
}

export function createDraftQueries(services: Pick<Services, 'database' | 'content' | 'now'>): DraftQueries {
  const { database, content, now } = services;

  function provisional(entry: Entry, draft: EntryDraft, site: string | undefined): DraftRecord | undefined {
    const record = recordOf(withState(entry, draft.state), site);
    return (
      record && {
        entry: record,
        provisional: true,
        notes: draft.notes,
        outdated: draft.baseVersion < entry.version,
        dateCreated: new Date(draft.createdAt),
        dateUpdated: new Date(draft.updatedAt),
      }
    );
  }

  function unpublished(entry: Entry, site: string | undefined): DraftRecord | undefined {
    const record = recordOf(entry, site);
    return (
      record && {
        entry: record,
        provisional: false,
        notes: null,
        outdated: false,
        dateCreated: record.dateCreated,
        dateUpdated: record.dateUpdated,
      }
    );
  }

  function recordOf(entry: Entry, site: string | undefined): EntryRecord | undefined {
    return entryRecord(entry, site ?? originOf(entry, content), content, now());
  }

  return {
    async find(entryId, userId, site) {
      const entry = await database.entries.find(entryId);
      if (entry?.draft === true) return entry.creatorId === userId ? unpublished(entry, site) : undefined;
      const draft = entry && (await database.entryDrafts.find(entryId, userId));
      return entry && draft && provisional(entry, draft, site);
    },
    async listOf(userId, { limit = 100, site } = {}) {
      const own = await database.entries.unpublishedBy(userId, limit);
      const drafts = await database.entryDrafts.listBy(userId, limit);
      const entries = await database.entries.findMany(drafts.map(({ entryId }) => entryId));
      const byId = new Map(entries.map((entry) => [entry.id, entry]));
      const changes = drafts.map((draft) => {
        const entry = byId.get(draft.entryId);
        return entry && provisional(entry, draft, site);
      });
      return [...own.map((entry) => unpublished(entry, site)), ...changes]
        .filter((record) => record !== undefined)
        .toSorted((one, other) => other.dateUpdated.getTime() - one.dateUpdated.getTime())
        .slice(0, limit);
    },
  };
}
