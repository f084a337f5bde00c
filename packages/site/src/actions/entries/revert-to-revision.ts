import { defineAction } from 'portico';
import { z } from 'zod';
import { loadEntryView } from '../../entries/load-entry-view.ts';
import { revertEntry } from '../../entries/revisions/revert-entry.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryLimits } from '../parts/entry-limits.ts';
import { entryTarget, entryTargetDecode, namedSite, shownSite, targetId } from '../parts/entry-target.ts';
import { versionParam } from '../parts/id-param.ts';
import { revisionNum } from '../parts/revision-num.ts';

/**
 * `POST entries/revert-to-revision`: makes what an entry was after an earlier save the state of today, which is a save like
 * any other. `version`: the one that the form was made from.
 */
export const revertToRevision = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ ...entryTarget, revision: revisionNum, version: versionParam }),
    decode: entryTargetDecode,
    limit: entryLimits(services.settings),
    model: 'entry',
    messages: { success: 'Entry reverted.', failure: 'Couldn’t revert entry.' },
    async handler({ revision, version, siteId, ...target }, ctx) {
      const site = namedSite(services, siteId);
      const editor = { kind: 'user', user: currentUser(ctx) } as const;
      const { entry, dropped } = await revertEntry(services, editor, {
        entryId: targetId(target),
        num: revision,
        version: version ?? undefined,
      });
      if (dropped.length > 0) {
        ctx.message = `Entry reverted. Left out, since it is gone or not available to you: ${dropped.join(', ')}.`;
      }
      return {
        entry: await loadEntryView(services, entry, { site: shownSite(services, ctx, entry, site) }),
        dropped,
      };
    },
  });
