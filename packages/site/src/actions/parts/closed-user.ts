import type { PorticoContext } from 'portico';
import type { Services } from '../../services.ts';
import type { Actor } from '../../users/administration/may-manage.ts';
import { managedUser, ownUser, type ManagedUser, type OwnUser } from '../../users/user-view.ts';
import type { User } from '../../users/user.ts';

/** What the answer says of an account that was closed. Whoever closed his own is signed out of it. */
export function closedUser(
  ctx: Pick<PorticoContext, 'session'>,
  actor: Actor,
  user: User,
  services: Pick<Services, 'settings' | 'now'>,
): ManagedUser | OwnUser {
  if (user.id !== actor.user.id) return managedUser(user, services);
  ctx.session.destroy();
  return ownUser(user, services.settings);
}
