import type { FieldValues } from '../fields/field.ts';

/** How far an account has come. `suspended` and `locked` are flags beside it. */
export type AccountStatus = 'inactive' | 'pending' | 'active';

/** The file behind a user's photo, as the storage knows it. */
export interface UserPhoto {
  /** Names the photo in URLs and answers; another one for each upload. */
  readonly id: string;
  readonly storageKey: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/**
 * A user as it is stored, with everything that must not leave the server. Times are epoch milliseconds. What others may
 * see of it is made by `user-view.ts`.
 */
export interface User {
  readonly id: number;
  readonly uid: string;
  /** `null` only while inactive. */
  readonly username: string | null;
  readonly email: string;
  /** A new address that waits for its confirmation; `email` stays valid until then. */
  readonly unverifiedEmail: string | null;
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly status: AccountStatus;
  /** The e-mail address was confirmed, or need not be. */
  readonly verified: boolean;
  /** An administrator let the account in, or need not. */
  readonly approved: boolean;
  readonly suspended: boolean;
  readonly admin: boolean;
  readonly groups: readonly string[];
  /** The user's own permissions; those of the groups come on top. */
  readonly permissions: readonly string[];
  readonly passwordHash: string | null;
  readonly passwordResetRequired: boolean;
  readonly lastPasswordChangeAt: number | null;
  /**
   * Grows whenever all sessions of the user must end: another password, a suspension. A session remembers the number it
   * was signed in with and is worth nothing under another, even if it was written after the change.
   */
  readonly credentialsVersion: number;
  readonly invalidLoginCount: number;
  readonly invalidLoginWindowStart: number | null;
  readonly lastInvalidLoginAt: number | null;
  /** Since when too many wrong passwords keep the account locked. */
  readonly lockedAt: number | null;
  readonly lastLoginAt: number | null;
  readonly lastLoginIp: string | null;
  readonly photo: UserPhoto | null;
  readonly fields: FieldValues;
  readonly createdAt: number;
  readonly updatedAt: number;
}

type Generated = 'id' | 'uid' | 'createdAt' | 'updatedAt' | 'credentialsVersion';

/** What a new user begins with; what is left out is null, false, empty or 0. */
export type NewUser = Pick<User, 'email' | 'status' | 'verified' | 'approved'> &
  Partial<Omit<User, Generated>>;

/** Only what is named changes. */
export type UserChanges = Partial<Omit<User, Generated>> & {
  /** Ends every session of the user: see `User.credentialsVersion`. */
  readonly endSessions?: boolean;
};
