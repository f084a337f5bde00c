import type { AccountStatus, User } from './user.ts';

/**
 * How far an account has come. It is active, and may be signed in to, only when its address is confirmed and an
 * administrator has let it in, or where the settings ask for neither. `suspended` and `locked` are flags beside this.
 */
export interface AccountState {
  readonly status: AccountStatus;
  readonly verified: boolean;
  readonly approved: boolean;
}

/**
 * What can happen to an account.
 * - `verify`: somebody used a code that was mailed to its address, to confirm the address or to set a password
 * - `approve`: an administrator lets it in; its address must still be confirmed
 * - `activate`: an administrator lets it in and vouches for the address
 * - `deactivate`: its owner or an administrator closes it; only an administrator opens it again
 * - `invite`: an administrator has an activation mail sent
 * - `resend`: its owner asks for another activation mail
 * - `reclaim`: a guest registered with the address of an account that nobody ever used, and proved to own the address
 */
export type AccountEvent = 'verify' | 'approve' | 'activate' | 'deactivate' | 'invite' | 'resend' | 'reclaim';

export interface Transition {
  /** These three and nothing else: fit to be spread into the changes of a user. */
  readonly state: AccountState;
  /** Whether an activation mail goes out: see `issueActivation` in `code-mail.ts`. */
  readonly sendsActivation: boolean;
  /** The event means nothing in this state, which stays as it is. */
  readonly refused: boolean;
}

/** What an event makes of an account. The only source of a user's `status`, `verified` and `approved` after its creation. */
export function transition(current: AccountState, event: AccountEvent): Transition {
  const { status, verified, approved } = current;
  const waits = status !== 'active';
  switch (event) {
    case 'verify':
      // Never overrides a missing approval (craftcms/cms#17982), nor reopens what was closed.
      return to(status === 'pending' && approved ? 'active' : status, true, approved);
    case 'approve':
      if (verified || !waits) return to('active', verified, true);
      return to('pending', false, true, { sendsActivation: status === 'inactive' || !approved });
    case 'activate':
      return to('active', true, true);
    case 'reclaim':
      // Registering lets an account in where no administrator has to: whoever calls this has asked the settings.
      return status === 'inactive' ? to('active', true, true) : transition(current, 'verify');
    case 'deactivate':
      return to('inactive', verified, false);
    case 'invite':
      return waits ? to('pending', false, true, { sendsActivation: true }) : refused(current);
    case 'resend':
      return status === 'pending' && !verified
        ? to(status, verified, approved, { sendsActivation: true })
        : refused(current);
  }
}

/** Whether someone with the right password may come in, as far as this state has a say. */
export function isOpen(state: Pick<AccountState, 'status'>): boolean {
  return state.status === 'active';
}

export interface RegistrationRules {
  readonly deactivateByDefault: boolean;
  readonly requireEmailVerification: boolean;
  /** The account is made without a password: its owner sets one by a link in a mail. */
  readonly defersPassword: boolean;
}

/** What a new account begins with. */
export interface Beginning {
  readonly state: AccountState;
  /** Where the link of the activation mail leads; null: no mail. */
  readonly link: 'set-password' | 'verify-email' | null;
}

/** What becomes of an account that a guest registers: Craft's table of the three settings. */
export function registered(rules: RegistrationRules): Beginning {
  const verified = !rules.requireEmailVerification;
  const approved = !rules.deactivateByDefault;
  const state: AccountState = { status: initialStatus(verified, approved), verified, approved };
  const { defersPassword } = rules;
  if (!approved || (verified && !defersPassword)) return { state, link: null };
  return { state, link: defersPassword ? 'set-password' : 'verify-email' };
}

export interface CreationRules extends Pick<
  RegistrationRules,
  'deactivateByDefault' | 'requireEmailVerification'
> {
  /** Whether an activation mail is to go out. */
  readonly sendsMail: boolean;
  /** Whether whoever creates it may also let accounts in. */
  readonly mayApprove: boolean;
}

/**
 * What becomes of an account that a user makes for someone else. It has no password, so the mail's link is to set one.
 * Sending it is letting the account in, which takes the right to do so where accounts are deactivated by default.
 */
export function created(rules: CreationRules): Beginning {
  const verified = !rules.requireEmailVerification;
  const approved = !rules.deactivateByDefault || (rules.sendsMail && rules.mayApprove);
  const state: AccountState = { status: initialStatus(verified, approved), verified, approved };
  return { state, link: approved && rules.sendsMail ? 'set-password' : null };
}

function initialStatus(verified: boolean, approved: boolean): AccountStatus {
  if (!approved) return 'inactive';
  return verified ? 'active' : 'pending';
}

function to(
  status: AccountStatus,
  verified: boolean,
  approved: boolean,
  more: { readonly sendsActivation: boolean } = { sendsActivation: false },
): Transition {
  return { state: { status, verified, approved }, refused: false, ...more };
}

function refused({ status, verified, approved }: AccountState): Transition {
  return { state: { status, verified, approved }, sendsActivation: false, refused: true };
}

/** What decides over signing in, of a stored user. */
export function stateOf(user: User): AccountState {
  const { status, verified, approved } = user;
  return { status, verified, approved };
}
