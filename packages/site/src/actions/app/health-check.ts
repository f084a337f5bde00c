import { ActionError, defineAction, isActionError } from 'portico';
import type { Services } from '../../services.ts';

/**
 * `app/health-check`: an empty 200 for automated monitoring, by any verb and whatever it accepts; 503 while the database does
 * not answer.
 */
export const healthCheck = ({ database }: Services) =>
  defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    access: 'public',
    // It changes nothing, and a monitor has no token.
    csrf: () => 'auto',
    async handler(_input, ctx) {
      try {
        await database.ping();
      } catch (cause) {
        if (isActionError(cause)) throw cause;
        throw new ActionError({
          code: 'SERVICE_UNAVAILABLE',
          message: 'The database does not answer.',
          cause,
        });
      }
      // A typed call takes no Response: there it is the empty 204.
      if (ctx.action.door === 'rpc' || ctx.action.door === 'server') return undefined;
      return new Response('', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
    },
  });
