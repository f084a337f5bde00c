import { initialFields } from '../../fields/apply-fields.ts';
import type { Services } from '../../services.ts';
import { isOpen, registered, type Beginning } from '../account-state.ts';
import { addressClaim, type AddressClaim } from './address-claim.ts';
import { loginKey } from '../login-key.ts';
import { checkPassword } from '../passwords/password-policy.ts';
import type { PostedUser } from '../profile/posted-user.ts';
import { applyProfile, type Profile } from '../profile/profile.ts';
import { ownerOfUsername } from '../taken.ts';
import { emailError, takenError, throwErrors, usernameError, type UserErrors } from '../validate-user.ts';

/** What a guest wants to register with, and what would come of it. */
export interface RegistrationDraft {
  readonly beginning: Beginning;
  readonly email: string;
  readonly username: string;
  /** The visitor made the username up, so that hearing it is taken tells nothing of an address. */
  readonly choseUsername: boolean;
  readonly profile: Profile;
  /** `null`: the account is made without one. */
  readonly password: string | null;
  /**
   * Nobody is told whether the address has an account already. Only possible where none opens at once: a login that does not
   * come would tell.
   */
  readonly hidesTaken: boolean;
}

export function registrationDraft(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  posted: PostedUser,
): RegistrationDraft {
  const { settings } = services;
  const { requireEmailVerification, deactivateByDefault, validateOnPublicRegistration } = settings.users;
  const defersPassword = settings.deferPublicRegistrationPassword;
  const beginning = registered({ requireEmailVerification, deactivateByDefault, defersPassword });
  const email = posted.email ?? '';
  const username = (settings.useEmailAsUsername ? null : posted.username) ?? email;
  const nobody = {
    fullName: null,
    firstName: null,
    lastName: null,
    fields: initialFields(settings.users.fields),
  };
  return {
    beginning,
    email,
    username,
    choseUsername: loginKey(username) !== loginKey(email),
    profile: applyProfile(services, posted, nobody, validateOnPublicRegistration ? 'all' : 'none'),
    password: defersPassword ? null : (posted.password ?? ''),
    hidesTaken: settings.preventUserEnumeration && !isOpen(beginning.state),
  };
}

/** Throws input errors for a draft that cannot be registered; else says what its address stands for. */
export async function checkRegistration(
  { settings, database: { users } }: Pick<Services, 'settings' | 'database'>,
  draft: RegistrationDraft,
): Promise<AddressClaim> {
  const { email, username, password, profile } = draft;
  const errors: UserErrors = { ...profile.errors };
  const wrong = {
    email: emailError(email),
    username: draft.choseUsername ? usernameError(username, [email]) : undefined,
    password:
      password === null
        ? undefined
        : await checkPassword(settings, password, { email, username, fullName: profile.name.fullName }),
  };
  const claim: AddressClaim =
    wrong.email === undefined
      ? await addressClaim(users, settings, email, draft.beginning)
      : { kind: 'free' };
  if (claim.kind !== 'free' && claim.kind !== 'reclaimable' && !draft.hidesTaken)
    wrong.email = takenError('email', email);
  if (draft.choseUsername && wrong.username === undefined && (await ownerOfUsername(users, username)))
    wrong.username = takenError('username', username);
  for (const [field, error] of Object.entries(wrong)) if (error !== undefined) errors[field] = error;
  throwErrors(errors);
  return claim;
}
