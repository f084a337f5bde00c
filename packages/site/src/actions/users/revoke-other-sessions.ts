import { defineAction } from 'portico';
import type { Services } from '../../services.ts';
import { currentSessionUid } from '../../sessions/own-sessions.ts';
import { currentUser } from '../../users/current-user.ts';

/** `POST users/revoke-other-sessions`: ends all of the user's sessions but this one, which gets a new id. */
export const revokeOtherSessions = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    messages: { success: 'You are logged out everywhere else.' },
    async handler(_input, ctx) {
      const user = currentUser(ctx);
      const own = await currentSessionUid(ctx, services, user);
      const revoked = await services.database.sessions.revokeAll(user.id, own);
      // Whoever has copied this session's cookie is somewhere else, too.
      ctx.session.regenerate();
      return { revoked };
    },
  });
