import { postedFields } from '../../fields/posted-fields.ts';
import type { Services } from '../../services.ts';
import type { PostedName } from '../person-name.ts';
import { photoFromPost } from '../photo/posted-photo.ts';

/** What was sent of a user. What is undefined was not sent, and changes nothing. */
export interface PostedUser extends PostedName {
  readonly email?: string | null | undefined;
  readonly username?: string | null | undefined;
  /** The password of a guest who registers. */
  readonly password?: string | undefined;
  readonly newPassword?: string | undefined;
  readonly currentPassword?: string | undefined;
  readonly passwordResetRequired?: boolean | undefined;
  readonly admin?: boolean | undefined;
  /** Whether a new address must be confirmed by a mail, where that is left to whoever saves. */
  readonly sendsMail?: boolean | undefined;
  /** A picture, or null to take the one there is away. */
  readonly photo?: File | null | undefined;
  /** Custom fields, for `applyFields`. */
  readonly fields: unknown;
  /** All that was sent, to name errors of custom fields as they were sent. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** The parameters of `users/save-user` that are no custom fields, wherever those are. */
export interface SaveUserParams extends PostedName {
  readonly email?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly password?: string | undefined;
  readonly newPassword?: string | undefined;
  readonly currentPassword?: string | undefined;
  readonly passwordResetRequired?: boolean | undefined;
  readonly admin?: boolean | undefined;
  readonly sendVerificationEmail?: boolean | undefined;
  readonly sendActivationEmail?: boolean | undefined;
  readonly photo?: unknown;
  readonly deletePhoto?: boolean | undefined;
  readonly [name: string]: unknown;
}

/** Sorts what was sent. Throws input errors for a picture or a `fieldsLocation` that is none. */
export function postedUser(
  params: SaveUserParams,
  nativeNames: ReadonlySet<string>,
  { settings }: Pick<Services, 'settings'>,
): PostedUser {
  const file = photoFromPost(params.photo, settings.photos.maxBytes);
  return {
    email: trimmed(params.email),
    username: trimmed(params.username),
    fullName: params.fullName,
    firstName: params.firstName,
    lastName: params.lastName,
    password: params.password,
    newPassword: params.newPassword || undefined,
    // A form written for Craft may name the current password so.
    currentPassword: params.currentPassword ?? params.password,
    passwordResetRequired: params.passwordResetRequired,
    admin: params.admin,
    sendsMail: params.sendVerificationEmail ?? params.sendActivationEmail,
    photo: file ?? (params.deletePhoto === true ? null : undefined),
    fields: postedFields(params, nativeNames, settings.users.fields),
    input: params,
  };
}

/** An empty field says the same as one that clears. */
function trimmed(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? text.trim() || null : text;
}
