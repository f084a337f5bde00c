import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { isStorableText } from '../../lib/storable-text.ts';
import { can } from '../../users/current-user.ts';
import { forbidden } from '../../users/forbidden.ts';
import { findUsers } from '../../users/find-users.ts';
import { managedUser } from '../../users/user-view.ts';

/** A filter that a form left blank is none. */
const filter = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const text = z.string().trim().max(255).refine(isStorableText, 'This is no text.');

/**
 * `GET users/get-users`: users as those see them who administer accounts, newest first. Needs `viewUsers`. `search` looks
 * into username, e-mail address and names.
 */
export const getUsers = (services: Services) =>
  defineAction({
    method: 'GET',
    accept: 'any',
    access: 'user',
    input: z.object({
      search: filter(text),
      status: filter(z.enum(['inactive', 'pending', 'active', 'suspended', 'locked'])),
      group: filter(text),
      limit: z.int().min(1).max(100).default(50),
      offset: z.int().min(0).default(0),
    }),
    async handler({ search, status, group, limit, offset }, ctx) {
      if (!can(ctx, 'viewUsers')) throw forbidden();
      ctx.headers.set('Cache-Control', 'no-store');
      const { users, total } = await findUsers(services, {
        limit,
        offset,
        ...(search === undefined || search === '' ? {} : { search }),
        ...(status === undefined ? {} : { status }),
        ...(group === undefined ? {} : { group }),
      });
      return { users: users.map((user) => managedUser(user, services)), total };
    },
  });
