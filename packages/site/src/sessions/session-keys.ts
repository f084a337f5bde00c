import type { PorticoContext } from 'portico';

/** The site's own entries in a session. None of them is a secret, and none of them is taken from what a client says. */
export const SESSION = {
  /** The user's `credentialsVersion` at the login. Under another one the session is worth nothing. */
  stamp: 'site.stamp',
  /** Names the session among those of its user, whatever its id is by now. */
  mark: 'site.mark',
  /** `Device`: what the login came from. */
  device: 'site.device',
  /** Epoch milliseconds. */
  signedInAt: 'site.signedInAt',
  /** `true` after a login with `rememberMe`. */
  remembered: 'site.remembered',
  /** Until when sensitive actions need no password. Epoch milliseconds. */
  elevatedUntil: 'site.elevatedUntil',
  /** `Impersonator`: who is really there. */
  impersonator: 'site.impersonator',
  /** Where a guest wanted to go who was sent to the login page. */
  returnUrl: 'site.returnUrl',
} as const;

/** A context as far as sessions go: a handler's, a page's, the one of the `user` function. */
export type SessionContext = Pick<PorticoContext, 'session'>;
