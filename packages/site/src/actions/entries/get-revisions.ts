import { defineAction } from 'portico';
import { z } from 'zod';
import { revisionView } from '../../entries/revisions/revision-view.ts';
import { entryWithRevisions, listRevisions } from '../../entries/revisions/find-revisions.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryTarget, entryTargetDecode, targetId } from '../parts/entry-target.ts';

/** `GET entries/get-revisions`: what was kept of an entry after its saves, newest first. For those who may save it. */
export const getRevisions = (services: Services) =>
  defineAction({
    method: 'GET',
    accept: 'any',
    access: 'user',
    input: z.object({
      ...entryTarget,
      limit: z.int().min(1).max(100).default(50),
      offset: z.int().min(0).default(0),
    }),
    decode: entryTargetDecode,
    async handler({ limit, offset, ...target }, ctx) {
      ctx.headers.set('Cache-Control', 'no-store');
      const editor = { kind: 'user', user: currentUser(ctx) } as const;
      const { entry } = await entryWithRevisions(services, editor, targetId(target));
      const page = await listRevisions(services.database, entry.id, { limit, offset });
      return {
        revisions: page.revisions.map((revision) => revisionView(revision, services.settings)),
        total: page.total,
        version: entry.version,
      };
    },
  });
