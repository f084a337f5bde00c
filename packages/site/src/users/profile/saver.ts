import type { User } from '../user.ts';

/** Who saves. */
export interface Saver {
  /** The signed-in user, as read at the beginning of the request. */
  readonly user: User;
  /** The session is elevated: who it is was proved a moment ago. */
  readonly isElevated: boolean;
  /** Somebody else is signed in as this user. */
  readonly isImpersonated: boolean;
}
