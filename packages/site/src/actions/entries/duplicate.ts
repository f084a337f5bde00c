import { defineAction } from 'portico';
import { z } from 'zod';
import { duplicateEntry } from '../../entries/lifecycle/duplicate-entry.ts';
import { loadEntryView } from '../../entries/load-entry-view.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryLimits } from '../parts/entry-limits.ts';
import { entryTarget, entryTargetDecode, namedSite, shownSite, targetId } from '../parts/entry-target.ts';
import { flag } from '../parts/flag.ts';

/**
 * `POST entries/duplicate`: makes an entry of another one that the user may see, in the same section, where that takes
 * `createEntries:<section>`. It is the user's own, and disabled unless `enabled` is sent.
 */
export const duplicate = (services: Services) =>
  defineAction({
    accept: 'any',
    once: true,
    access: 'user',
    input: z.object({ ...entryTarget, enabled: flag }),
    decode: entryTargetDecode,
    limit: entryLimits(services.settings),
    model: 'entry',
    messages: { success: 'Entry duplicated.', failure: 'Couldn’t duplicate entry.' },
    async handler({ enabled = false, siteId, ...target }, ctx) {
      const site = namedSite(services, siteId);
      const editor = { kind: 'user', user: currentUser(ctx) } as const;
      const entry = await duplicateEntry(services, editor, targetId(target), { enabled });
      return { entry: await loadEntryView(services, entry, { site: shownSite(services, ctx, entry, site) }) };
    },
  });
