import { defineAction } from 'portico';
import { z } from 'zod';
import { draftView } from '../../entries/drafts/draft-view.ts';
import { listDrafts } from '../../entries/drafts/list-drafts.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryTarget, entryTargetDecode, targetId } from '../parts/entry-target.ts';

/**
 * `GET entries/get-drafts`: who has unpublished changes to an entry: oneself, and with `viewPeerEntryDrafts:<section>` others
 * too.
 */
export const getDrafts = (services: Services) =>
  defineAction({
    method: 'GET',
    accept: 'any',
    access: 'user',
    input: z.object(entryTarget),
    decode: entryTargetDecode,
    async handler(target, ctx) {
      ctx.headers.set('Cache-Control', 'no-store');
      const { entry, drafts } = await listDrafts(services, currentUser(ctx), targetId(target));
      return { drafts: drafts.map((draft) => draftView(draft, entry, services)), version: entry.version };
    },
  });
