import type { Services } from '../../services.ts';
import { publicUserOf, type PublicUser } from '../../users/user-view.ts';
import { withState } from '../entry-state.ts';
import { originOf } from '../lifecycle/origin.ts';
import { entryRecord, type EntryRecord } from '../query/entry-record.ts';
import { compareStates, type Difference } from './compare-states.ts';
import { listRevisions, type ListedRevision } from './find-revisions.ts';

/** What was kept of an entry after a save, for server code. */
export interface RevisionRecord {
  /** Counts from 1 within the entry. */
  readonly num: number;
  readonly notes: string | null;
  /** Null for guests, server code, and users who are gone. */
  readonly creator: PublicUser | null;
  readonly dateCreated: Date;
}

/** Reading what entries were. It asks nobody's permission. */
export interface RevisionQueries {
  /** Newest first; 50 unless `limit` says otherwise. */
  list(
    entryId: number,
    page?: { readonly limit?: number; readonly offset?: number },
  ): Promise<{ readonly revisions: readonly RevisionRecord[]; readonly total: number }>;
  /**
   * A revision with the entry as it was then, on a site by its handle, the primary one unless given: `entry` is undefined
   * where it was not on that site, or of an entry type that its section no longer has.
   */
  find(
    entryId: number,
    num: number,
    site?: string,
  ): Promise<(RevisionRecord & { readonly entry: EntryRecord | undefined }) | undefined>;
  /**
   * What differs between two revisions, or between one and the entry of today (`'current'`). `undefined` where one of them is
   * none.
   */
  compare(
    entryId: number,
    before: number | 'current',
    after: number | 'current',
  ): Promise<readonly Difference[] | undefined>;
}

export function createRevisionQueries(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
): RevisionQueries {
  const { database, settings, content, now } = services;

  function recordOf({ num, notes, creator, createdAt }: ListedRevision): RevisionRecord {
    const shown = creator && publicUserOf(creator, settings);
    return { num, notes, creator: shown, dateCreated: new Date(createdAt) };
  }

  return {
    async list(entryId, { limit = 50, offset = 0 } = {}) {
      const { revisions, total } = await listRevisions(database, entryId, { limit, offset });
      return { revisions: revisions.map(recordOf), total };
    },
    async find(entryId, num, site) {
      const entry = await database.entries.find(entryId);
      const revision = entry && (await database.entryRevisions.find(entryId, num));
      if (entry === undefined || revision === undefined) return undefined;
      const [creator = null] = await database.users.findMany(
        revision.creatorId === null ? [] : [revision.creatorId],
      );
      const then = withState(entry, revision.state);
      return {
        ...recordOf({ ...revision, creator }),
        entry: entryRecord(then, site ?? originOf(then, content), content, now()),
      };
    },
    async compare(entryId, before, after) {
      const entry = await database.entries.find(entryId);
      const section = entry && content.section(entry.section);
      if (entry === undefined || section === undefined) return undefined;
      const [one, other] = await Promise.all(
        [before, after].map(async (num) =>
          num === 'current' ? entry : (await database.entryRevisions.find(entryId, num))?.state,
        ),
      );
      return one && other && compareStates(one, other, content, section);
    },
  };
}
