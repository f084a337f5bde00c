import { defineAction } from 'portico';
import { z } from 'zod';
import { discardDraft } from '../../entries/drafts/discard-draft.ts';
import { deleteEntry as putAside } from '../../entries/lifecycle/delete-entry.ts';
import { loadEntryView } from '../../entries/load-entry-view.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryTarget, entryTargetDecode, namedSite, shownSite, targetId } from '../parts/entry-target.ts';
import { flag } from '../parts/flag.ts';
import { idParam } from '../parts/id-param.ts';

/**
 * `POST entries/delete-entry`: deletes an entry, one's own with `deleteEntries:<section>`, another's with
 * `deletePeerEntries:<section>` too, and answers with it. It can be restored until `softDeleteDuration` is over. With
 * `provisional` only one's own draft of it goes, or with `deletePeerEntryDrafts:<section>` the one of `draftCreatorId`.
 */
export const deleteEntry = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ ...entryTarget, provisional: flag, draftCreatorId: idParam.optional() }),
    decode: entryTargetDecode,
    model: 'entry',
    messages: { success: 'Entry deleted.', failure: 'Couldn’t delete entry.' },
    async handler({ provisional, draftCreatorId, siteId, ...target }, ctx) {
      const user = currentUser(ctx);
      const site = namedSite(services, siteId);
      const id = targetId(target);
      const entry =
        provisional === true
          ? await discardDraft(services, user, id, draftCreatorId)
          : await putAside(services, { kind: 'user', user }, id);
      if (provisional === true) ctx.message = 'Draft discarded.';
      return { entry: await loadEntryView(services, entry, { site: shownSite(services, ctx, entry, site) }) };
    },
  });
