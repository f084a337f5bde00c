import { defineAction } from 'portico';
import { z } from 'zod';
import { withState } from '../../entries/entry-state.ts';
import { loadEntryView } from '../../entries/load-entry-view.ts';
import { entryWithRevisions, findRevision } from '../../entries/revisions/find-revisions.ts';
import { revisionView } from '../../entries/revisions/revision-view.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryTarget, entryTargetDecode, namedSite, shownSite, targetId } from '../parts/entry-target.ts';
import { comparedWith, revisionNum } from '../parts/revision-num.ts';

/**
 * `GET entries/get-revision`: an entry as it was after a save, and in what it is different today, or in the revision `with`:
 * `before` is the revision's, `after` the other's. For those who may save it.
 */
export const getRevision = (services: Services) =>
  defineAction({
    method: 'GET',
    accept: 'any',
    access: 'user',
    input: z.object({ ...entryTarget, revision: revisionNum, with: comparedWith }),
    decode: entryTargetDecode,
    async handler({ revision: num, with: compared, siteId, ...target }, ctx) {
      ctx.headers.set('Cache-Control', 'no-store');
      const named = namedSite(services, siteId);
      const editor = { kind: 'user', user: currentUser(ctx) } as const;
      const known = await entryWithRevisions(services, editor, targetId(target));
      const otherNum = compared === undefined || compared === 'current' ? undefined : Number(compared);
      const { revision, other, differences } = await findRevision(services, known, num, otherNum);
      const then = withState(known.entry, revision.state);
      const site = shownSite(services, ctx, then, named);
      return {
        revision: revisionView(revision, services.settings),
        entry: await loadEntryView(services, then, { site }),
        with: other && revisionView(other, services.settings),
        differences,
      };
    },
  });
