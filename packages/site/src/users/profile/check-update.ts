import { ActionError } from 'portico';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { confirmPassword } from '../passwords/confirm-password.ts';
import type { PostedUser } from './posted-user.ts';
import type { Rights } from './save-rights.ts';
import type { Saver } from './saver.ts';
import { ownerOfEmail, ownerOfUsername } from '../taken.ts';
import type { UpdatePlan } from './update-plan.ts';
import type { User } from '../user.ts';
import { takenError, throwErrors, type UserErrors } from '../validate-user.ts';

/** Who changes what of whom. */
export interface Update {
  readonly saver: Saver;
  /** As read at the beginning of the request. */
  readonly target: User;
  readonly rights: Rights;
  readonly plan: UpdatePlan;
}

/** What takes hashing or the database to check. Throws input errors. */
export async function checkUpdate(
  services: Services,
  { saver, target, rights, plan, posted }: Update & { readonly posted: PostedUser },
): Promise<void> {
  // The password is the other one's, and nobody can prove to be somebody else.
  if (plan.isSensitive && saver.isImpersonated) throw whileImpersonating();
  const errors: UserErrors = { ...plan.errors };
  const password = posted.currentPassword ?? '';
  if (plan.isSensitive && !saver.isElevated && password === '')
    errors['currentPassword'] = 'Incorrect current password.';
  throwErrors(errors);
  // An elevated session stands for a password that was not sent, never for a wrong one.
  if (plan.isSensitive && password !== '') {
    const wrong = await confirmPassword(services, saver.user, password);
    if (wrong !== undefined) throw inputErrors({ currentPassword: wrong });
  }
  const { users } = services.database;
  const { username } = plan.changes;
  if (username && (await ownerOfUsername(users, username, target)))
    errors['username'] = takenError('username', username);
  // Whoever may see all users may hear it; others only where nothing can be put off until a mail was answered.
  const tells =
    plan.email.kind === 'now' || (plan.email.kind === 'after-verification' && rights.administrates);
  const hides = services.settings.preventUserEnumeration && !tells;
  if (plan.email.kind !== 'none' && !hides && (await ownerOfEmail(users, plan.email.email, target)))
    errors['email'] = takenError('email', plan.email.email);
  if (plan.newPassword !== undefined && target.passwordResetRequired) {
    const isSame = await services.passwords.verify(plan.newPassword, target.passwordHash);
    if (isSame) errors['newPassword'] = 'New Password must be set to a new password.';
  }
  throwErrors(errors);
}

function whileImpersonating(): ActionError {
  return new ActionError({
    code: 'FORBIDDEN',
    message: 'Not while you are impersonating another user. Stop that first.',
    data: { reason: 'impersonating' },
  });
}
