import { defineAction } from 'portico';
import { z } from 'zod';
import { restoreEntry as takeBack } from '../../entries/lifecycle/restore-entry.ts';
import { loadEntryView } from '../../entries/load-entry-view.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryLimits } from '../parts/entry-limits.ts';
import { entryTarget, entryTargetDecode, namedSite, shownSite, targetId } from '../parts/entry-target.ts';

/** `POST entries/restore-entry`: takes back an entry that was deleted. Needs the right to delete it. */
export const restoreEntry = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object(entryTarget),
    decode: entryTargetDecode,
    limit: entryLimits(services.settings),
    model: 'entry',
    messages: { success: 'Entry restored.', failure: 'Couldn’t restore entry.' },
    async handler({ siteId, ...target }, ctx) {
      const site = namedSite(services, siteId);
      const entry = await takeBack(services, { kind: 'user', user: currentUser(ctx) }, targetId(target));
      return { entry: await loadEntryView(services, entry, { site: shownSite(services, ctx, entry, site) }) };
    },
  });
