import { initialFields } from '../../fields/apply-fields.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { created } from '../account-state.ts';
import { issueActivation } from '../codes/code-mail.ts';
import { loginKey } from '../login-key.ts';
import { hasPermission } from '../permissions/permissions.ts';
import { preparePhoto, replacePhoto } from '../photo/photo-rules.ts';
import type { PostedUser } from '../profile/posted-user.ts';
import { applyProfile } from '../profile/profile.ts';
import type { Saver } from '../profile/saver.ts';
import { ownerOfEmail, ownerOfUsername } from '../taken.ts';
import { TakenError } from '../user-store.ts';
import type { User } from '../user.ts';
import { emailError, takenError, throwErrors, usernameError, type UserErrors } from '../validate-user.ts';

/**
 * Makes an account for somebody else: without a password, which its owner sets by the link of the activation mail. Whoever
 * calls it has `registerUsers`. Throws input errors, also for an address that is taken: who may make users may see them.
 */
export async function createUser(
  services: Services,
  { user: maker, isElevated }: Saver,
  posted: PostedUser,
): Promise<User> {
  const { settings, database, photos, mailer } = services;
  const { requireEmailVerification, deactivateByDefault } = settings.users;
  const mayAdministrate = hasPermission(maker, settings, 'administrateUsers');
  const beginning = created({
    requireEmailVerification,
    deactivateByDefault,
    sendsMail: posted.sendsMail === true,
    mayApprove: mayAdministrate,
  });
  const email = posted.email ?? '';
  const username = (settings.useEmailAsUsername ? null : posted.username) ?? email;
  const nobody = {
    fullName: null,
    firstName: null,
    lastName: null,
    fields: initialFields(settings.users.fields),
  };
  const profile = applyProfile(services, posted, nobody, 'all');
  const errors: UserErrors = { ...profile.errors };
  const note = (field: 'email' | 'username', error: string | undefined): void => {
    if (error !== undefined && !(field in errors)) errors[field] = error;
  };
  note('email', emailError(email));
  if (await ownerOfEmail(database.users, email)) note('email', takenError('email', email));
  if (loginKey(username) !== loginKey(email)) {
    note('username', usernameError(username, [email]));
    if (await ownerOfUsername(database.users, username)) note('username', takenError('username', username));
  }
  throwErrors(errors);
  const photo = posted.photo ? await preparePhoto(photos, posted.photo) : null;

  const user = await database
    .transaction(async (stores) => {
      const now = services.now();
      const made = await stores.users.insert(
        {
          ...beginning.state,
          ...profile.name,
          email,
          username,
          fields: profile.fields,
          admin: maker.admin && isElevated && posted.admin === true,
          passwordResetRequired: mayAdministrate && posted.passwordResetRequired === true,
        },
        now,
      );
      const complete = photo === null ? made : await replacePhoto(stores, made, photo, now);
      if (beginning.link !== null) await issueActivation(services, stores, complete);
      return complete;
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenError)) throw error;
      const isEmail = error.field === 'email' || loginKey(username) === loginKey(email);
      throw inputErrors(
        isEmail ? { email: takenError('email', email) } : { username: takenError('username', username) },
      );
    });
  mailer.wake();
  return user;
}
