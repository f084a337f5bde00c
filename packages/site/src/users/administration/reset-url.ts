import type { Services } from '../../services.ts';
import { manageUser } from './manage-user.ts';
import type { Actor } from './may-manage.ts';
import { passwordLink } from '../codes/password-link.ts';

/** The target's `passwordLink`, for an actor to hand over. Throws what `mayManage` says against it. */
export function issuePasswordResetUrl(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  actor: Actor,
  targetId: number,
): Promise<string> {
  return manageUser(services, { actor, targetId, act: 'getPasswordResetUrl' }, ({ stores, target }) =>
    passwordLink(services, stores, target),
  );
}
