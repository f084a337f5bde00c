import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { stateOf, transition } from '../account-state.ts';
import { manageUser } from './manage-user.ts';
import type { Actor, ManagingAct } from './may-manage.ts';
import { isEmailAsUsername } from '../taken.ts';
import { TakenError } from '../user-store.ts';
import { takenError } from '../validate-user.ts';
import type { User, UserChanges } from '../user.ts';

type Administering = Pick<Services, 'database' | 'settings' | 'now'>;

/** One act of administration: the changes it makes to a user, and what ends with it. */
interface Act {
  readonly act: ManagingAct;
  changes(target: User, actor: User, settings: Services['settings']): UserChanges;
  /** Codes that were mailed are worth nothing afterwards. */
  readonly voidsCodes?: true;
}

/** Lets an account in and vouches for its address. Throws an input error when the address or username was taken meanwhile. */
export const activate = administer({
  act: 'activate',
  changes: (target, _actor, settings) => {
    const { state } = transition(stateOf(target), 'activate');
    if (target.status === 'active') return state;
    const email = target.unverifiedEmail ?? target.email;
    const isByEmail = target.username === null || isEmailAsUsername(settings, target);
    return { ...state, email, unverifiedEmail: null, username: isByEmail ? email : target.username };
  },
});

/** Closes an account and ends its sessions. Only an administrator opens it again. */
export const deactivate = administer({
  act: 'deactivate',
  changes: (target) => ({
    ...transition(stateOf(target), 'deactivate').state,
    // Its code goes, so nobody could confirm it any more, and `activate` must not take it for confirmed.
    unverifiedEmail: null,
    endSessions: true,
  }),
  voidsCodes: true,
});

/** Keeps a user out until `unsuspend`, and ends the sessions there are. */
export const suspend = administer({
  act: 'suspend',
  changes: () => ({ suspended: true, endSessions: true }),
  voidsCodes: true,
});

export const unsuspend = administer({ act: 'unsuspend', changes: () => ({ suspended: false }) });

/** Ends a lockout before its time. */
export const unlock = administer({
  act: 'unlock',
  changes: () => ({ lockedAt: null, invalidLoginCount: 0, invalidLoginWindowStart: null }),
});

/** The user must choose another password at the next login, which is now, unless actor and user are the same. */
export const requirePasswordReset = administer({
  act: 'requirePasswordReset',
  changes: (target, actor) => ({ passwordResetRequired: true, endSessions: target.id !== actor.id }),
});

export const removePasswordResetRequirement = administer({
  act: 'removePasswordResetRequirement',
  changes: () => ({ passwordResetRequired: false }),
});

/** Makes of an act the function that does it to the user of an id, and returns the user as stored then. */
function administer({ act, changes, voidsCodes }: Act) {
  return (services: Administering, actor: Actor, targetId: number): Promise<User> =>
    manageUser(services, { actor, targetId, act }, async ({ stores, target, actor, now }) => {
      const changed = changes(target, actor.user, services.settings);
      if (voidsCodes === true) await stores.codes.remove(target.id);
      return stores.users.update(target.id, changed, now).catch((error: unknown) => {
        throw error instanceof TakenError ? taken(error, changed) : error;
      });
    });
}

function taken({ field }: TakenError, changed: UserChanges): Error {
  return inputErrors({ [field]: takenError(field, changed[field] ?? '') });
}
