import { ActionError, type PorticoContext } from 'portico';
import type { Services } from '../../services.ts';
import { requireElevated } from '../../sessions/elevation.ts';
import { impersonatorOf } from '../../sessions/impersonation.ts';
import { currentUser } from '../../users/current-user.ts';
import { needsElevation, type Actor, type ManagingAct } from '../../users/administration/may-manage.ts';

type ActorContext = Pick<PorticoContext, 'session' | 'user'>;

/**
 * Who is about to do something to the account `targetId`. Throws 401 for a guest, and 403 `ELEVATION_REQUIRED` where the act
 * needs an elevated session and there is none. Whether the act is allowed is for `mayManage` to say.
 */
export function actorFor(
  ctx: ActorContext,
  services: Pick<Services, 'settings' | 'now'>,
  act: ManagingAct,
  targetId: number,
): Actor {
  const user = currentUser(ctx);
  const actor: Actor = { user, impersonatorId: impersonatorOf(ctx)?.id ?? null };
  if (!needsElevation(act, targetId === user.id)) return actor;
  // Nobody can prove to be the other one: asking for a password would lead nowhere.
  if (actor.impersonatorId !== null) throw whileImpersonating();
  requireElevated(ctx, services);
  return actor;
}

function whileImpersonating(): ActionError {
  return new ActionError({
    code: 'FORBIDDEN',
    message: 'Not while you are impersonating another user. Stop that first.',
    data: { reason: 'impersonating' },
  });
}
