import type { ActionContext, BodyOptions, LimitOptions } from 'portico';
import type { Settings } from '../../config.ts';
import { loginKey } from '../../users/login-key.ts';

type Sent = { readonly email?: string | null | undefined };
type Limit = LimitOptions<Sent>;

/**
 * Registrations by address of the visitor and by e-mail address, since each may send a mail to a stranger; mails that users
 * have sent to new addresses by user. Saving a profile counts nowhere.
 */
export function saveUserLimits({ limits }: Pick<Settings, 'limits'>): readonly Limit[] {
  const { registration, verification } = limits;
  return [
    ...(registration === false ? [] : registrationLimits(registration)),
    ...(verification === false ? [] : [{ ...verification, by: newAddressOfUser }]),
  ];
}

function registrationLimits(limit: Pick<Limit, 'points' | 'seconds'>): readonly Limit[] {
  return [
    { ...limit, by: 'ip', when: isGuest },
    { ...limit, by: (_ctx, { email }) => (email ? `email:${loginKey(email)}` : undefined), when: isGuest },
  ];
}

function isGuest({ user }: ActionContext): boolean {
  return user === null;
}

function newAddressOfUser({ user }: ActionContext, { email }: Sent): string | undefined {
  if (!user || !email || loginKey(email) === loginKey(user.email)) return undefined;
  return `user:${user.id}`;
}

const MEBIBYTE = 1_048_576;

/** A photo comes as a file, or in base64 (RFC 4648: four characters for three bytes) up to 6 MiB of it. */
export function saveUserBody({ photos }: Pick<Settings, 'photos'>): BodyOptions {
  const inText = Math.min(photos.maxBytes, 6 * MEBIBYTE);
  return {
    maxFiles: 1,
    maxFileBytes: photos.maxBytes,
    maxBytes: MEBIBYTE + Math.ceil((inText * 4) / 3),
  };
}
