import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { applyEmailChange, emailChanges } from './apply-email-change.ts';
import { endWithPassword, passwordChanges } from '../passwords/change-password.ts';
import { checkUpdate } from './check-update.ts';
import { forbidden } from '../forbidden.ts';
import { lockTarget } from './lock-target.ts';
import { notFound } from '../administration/manage-user.ts';
import { hasPermission } from '../permissions/permissions.ts';
import { preparePhoto, replacePhoto } from '../photo/photo-rules.ts';
import type { PostedUser } from './posted-user.ts';
import { applyProfile } from './profile.ts';
import { rightsOver } from './save-rights.ts';
import type { Saver } from './saver.ts';
import { TakenError } from '../user-store.ts';
import type { User, UserChanges } from '../user.ts';
import { updatePlan, type UpdatePlan } from './update-plan.ts';
import { takenError, throwErrors } from '../validate-user.ts';

export interface SavedUser {
  readonly user: User;
  /** All sessions of the user have ended, the one of this request too. */
  readonly hasNewPassword: boolean;
}

/**
 * Saves what was sent of one's own account or, with `editUsers`, of another's. Throws 403 for all who may not, whether there
 * is such a user or not, 404 for an id that is nobody's, and input errors. All is checked before the first write, and what
 * others may have changed in between is checked and merged again with the user locked.
 */
export async function updateUser(
  services: Services,
  saver: Saver,
  userId: number,
  posted: PostedUser,
): Promise<SavedUser> {
  const { database, settings, passwords, photos, mailer } = services;
  const isSelf = userId === saver.user.id;
  if (!isSelf && !hasPermission(saver.user, settings, 'editUsers')) throw forbidden();
  const target = isSelf ? saver.user : await database.users.find(userId);
  if (!target) throw notFound();
  const rights = rightsOver(settings, saver.user, target, saver.isElevated);
  if (!rights.edits) throw forbidden();
  const plan = await updatePlan(services, saver.user, target, rights, posted);
  await checkUpdate(services, { saver, target, rights, plan, posted });

  const passwordHash = plan.newPassword === undefined ? undefined : await passwords.hash(plan.newPassword);
  const photo = posted.photo ? await preparePhoto(photos, posted.photo) : posted.photo;
  const user = await database
    .transaction(async (stores) => {
      const now = services.now();
      const current = await lockTarget(settings, stores, { saver, target, rights, plan });
      const profile = applyProfile(services, posted, current, 'sent');
      throwErrors(profile.errors);
      const changes: UserChanges = {
        ...profile.changes,
        ...plan.changes,
        ...emailChanges(settings, current, plan),
        ...(passwordHash !== undefined && passwordChanges(passwordHash, now)),
      };
      if (passwordHash !== undefined) await endWithPassword(services, stores, current);
      let saved = current;
      if (Object.keys(changes).length > 0) saved = await stores.users.update(current.id, changes, now);
      if (photo !== undefined) saved = await replacePhoto(stores, saved, photo, now);
      await applyEmailChange(services, stores, current, saved, plan);
      return saved;
    })
    .catch((error: unknown) => {
      throw error instanceof TakenError ? taken(error, settings, plan) : error;
    });
  mailer.wake();
  return { user, hasNewPassword: passwordHash !== undefined };
}

/** Somebody else took it since the check. */
function taken({ field }: TakenError, settings: Services['settings'], plan: UpdatePlan): Error {
  const { username } = plan.changes;
  const email = plan.email.kind === 'none' ? '' : plan.email.email;
  return field === 'username' && username && !settings.useEmailAsUsername
    ? inputErrors({ username: takenError('username', username) })
    : inputErrors({ email: takenError('email', email) });
}
