import type { Settings } from '../../config.ts';
import type { Services } from '../../services.ts';
import { emailChange, type EmailChange } from './change-email.ts';
import { checkPassword } from '../passwords/password-policy.ts';
import type { PostedUser } from './posted-user.ts';
import { applyProfile } from './profile.ts';
import type { Rights } from './save-rights.ts';
import type { User, UserChanges } from '../user.ts';
import { emailError, usernameError, type UserErrors } from '../validate-user.ts';

/** What a save is to change of an account, beside name, custom fields and photo. */
export interface UpdatePlan {
  /** Username and flags. */
  readonly changes: UserChanges;
  readonly email:
    | { readonly kind: 'none' }
    | { readonly kind: Exclude<EmailChange, 'none'>; readonly email: string; readonly sendsMail: boolean };
  readonly newPassword: string | undefined;
  /** It takes the current password, or a session elevated by it. */
  readonly isSensitive: boolean;
  readonly errors: UserErrors;
}

/** Judges what was sent as far as that takes no hashing and no database. What the actor may not change is left out. */
export async function updatePlan(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  actor: User,
  target: User,
  rights: Rights,
  posted: PostedUser,
): Promise<UpdatePlan> {
  const { settings } = services;
  const errors: UserErrors = { ...applyProfile(services, posted, target, 'sent').errors };
  const kind = emailChange({
    email: posted.email,
    user: target,
    isSelf: actor.id === target.id,
    mayAdministrate: rights.administrates,
    sendsMail: posted.sendsMail,
    settings,
  });
  const email = posted.email ?? '';
  if (kind !== 'none') {
    const error = rights.setsEmail ? emailError(email) : EXCEEDS;
    if (error !== undefined) errors['email'] = error;
  }

  const username = rights.setsUsername ? newUsername(settings, target, posted) : undefined;
  if (username !== undefined) {
    const own = [target.email, ...(kind === 'now' || kind === 'respelled' ? [email] : [])];
    const error = usernameError(username, own);
    if (error !== undefined) errors['username'] = error;
  }

  const newPassword = rights.setsPassword ? posted.newPassword : undefined;
  if (newPassword !== undefined) {
    const error = await checkPassword(settings, newPassword, target);
    if (error !== undefined) errors['newPassword'] = error;
  }

  return {
    changes: {
      ...(username !== undefined && { username }),
      ...(rights.administrates && flag('passwordResetRequired', target, posted)),
      ...(rights.setsAdmin && flag('admin', target, posted)),
    },
    email: kind === 'none' ? { kind } : { kind, email, sendsMail: posted.sendsMail === true },
    newPassword,
    isSensitive: newPassword !== undefined || kind === 'now' || kind === 'after-verification',
    errors,
  };
}

const EXCEEDS = 'You cannot change the email address of a user who has permissions that you do not have.';

/** Another username than the user has; '' for one that was cleared. */
function newUsername(settings: Settings, { username }: User, posted: PostedUser): string | undefined {
  if (settings.useEmailAsUsername || posted.username === undefined) return undefined;
  return posted.username === username ? undefined : (posted.username ?? '');
}

function flag(
  name: 'admin' | 'passwordResetRequired',
  target: User,
  posted: PostedUser,
): UserChanges | undefined {
  const value = posted[name];
  return value === undefined || value === target[name] ? undefined : { [name]: value };
}
