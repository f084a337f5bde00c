import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { currentSessionUid } from '../../sessions/own-sessions.ts';
import { signOut } from '../../sessions/sign-in.ts';
import { currentUser } from '../../users/current-user.ts';

/** `POST users/revoke-session`: ends one of the user's own sessions. The one of this request: logs out. */
export const revokeSession = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ sessionId: z.string('Say which session.').min(1, 'Say which session.').max(64) }),
    messages: { success: 'Session ended.', failure: 'Couldn’t end the session.' },
    async handler({ sessionId }, ctx) {
      const user = currentUser(ctx);
      if (sessionId === (await currentSessionUid(ctx, services, user))) {
        signOut(ctx);
        return {};
      }
      if (await services.database.sessions.revoke(user.id, sessionId)) return {};
      throw new ActionError({ code: 'NOT_FOUND', message: 'Session not found' });
    },
  });
