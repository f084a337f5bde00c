import type { Services } from '../services.ts';
import { manageUser } from './manage-user.ts';
import type { Actor } from './may-manage.ts';
import { codeLink, issueCode } from './verification.ts';

/**
 * A link with which the target sets a password: the same that a mail would carry, and in the place of any that was mailed.
 * Whoever has it can take the account over. Throws what `mayManage` says against it.
 */
export function issuePasswordResetUrl(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  actor: Actor,
  targetId: number,
): Promise<string> {
  return manageUser(services, { actor, targetId, act: 'getPasswordResetUrl' }, async ({ stores, target }) => {
    const activates = target.status === 'pending' && target.passwordHash === null;
    const purpose = activates ? 'activate' : 'reset-password';
    return codeLink(services, purpose, target, await issueCode(services, stores, target, purpose));
  });
}
