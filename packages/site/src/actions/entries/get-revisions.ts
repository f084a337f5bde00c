import { defineAction } from 'portico';
import { z } from 'zod';
import { revisionView } from '../../entries/revisions/revision-view.ts';
import { entryWithRevisions, listRevisions } from '../../entries/revisions/find-revisions.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { entryTarget, entryTargetDecode, targetId } from '../parts/entry-target.ts';
import { mustBe } from '../parts/must-be.ts';

const MOST = 100;
const LIMIT = mustBe(`a whole number from 1 to ${MOST}`);
const OFFSET = mustBe('a whole number, 0 or more');

/** `GET entries/get-revisions`: what was kept of an entry after its saves, newest first. For those who may save it. */
export const getRevisions = (services: Services) =>
  defineAction({
    method: 'GET',
    accept: 'any',
    access: 'user',
    input: z.object({
      ...entryTarget,
      limit: z.int(LIMIT).min(1, LIMIT).max(MOST, LIMIT).default(50),
      offset: z.int(OFFSET).min(0, OFFSET).default(0),
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
