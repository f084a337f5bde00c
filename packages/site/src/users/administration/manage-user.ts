import { ActionError } from 'portico';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import {
  canLeaveNoAdmin,
  mayManage,
  type Actor,
  type ManageVerdict,
  type ManagingAct,
} from './may-manage.ts';
import type { User } from '../user.ts';

/** What a managing act works with, inside of its transaction: actor and target as they are now. */
export interface Managed {
  readonly stores: Stores;
  readonly target: User;
  readonly actor: Actor;
  /** Ids of the administrators who can sign in, if they are locked; else none. */
  readonly admins: readonly number[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface ManagingOptions {
  readonly actor: Actor;
  readonly targetId: number;
  readonly act: ManagingAct;
  /** Whether `admins` is needed. Default: where the act itself can leave none. */
  readonly locksAdmins?: boolean;
}

type ManagingServices = Pick<Services, 'database' | 'settings' | 'now'>;

/**
 * Runs one act of administration in one transaction: nobody else changes the target meanwhile, and what decides are the
 * rights the actor has then, not those of the beginning of the request. Throws what `mayManage` says against it.
 */
export function manageUser<Result>(
  services: ManagingServices,
  { actor, targetId, act, locksAdmins = canLeaveNoAdmin(act) }: ManagingOptions,
  work: (managed: Managed) => Promise<Result>,
): Promise<Result> {
  const { settings } = services;
  return services.database.transaction(async (stores) => {
    // Before any other lock, so that no two acts wait for each other.
    const admins = locksAdmins ? await stores.users.lockAdmins() : [];
    const target = await stores.users.lock(targetId);
    const current = await asOfNow(actor, stores, target);
    refuseUnless(mayManage({ actor: current, targetId, target, act, admins, settings }), act);
    if (target === undefined) throw notFound();
    return work({ stores, target, actor: current, admins, now: services.now() });
  });
}

/** Throws unless the verdict is `allow`. The error's data names the verdict for scripts: `{ reason: 'last-admin' }`. */
export function refuseUnless(verdict: ManageVerdict, act: ManagingAct): void {
  if (verdict === 'allow') return;
  if (verdict === 'not-found') throw notFound();
  const code = verdict === 'last-admin' || verdict === 'not-active' ? 'CONFLICT' : 'FORBIDDEN';
  throw new ActionError({ code, message: sentence(verdict, act), data: { reason: verdict } });
}

export function notFound(): ActionError {
  return new ActionError({ code: 'NOT_FOUND', message: 'User not found', data: { reason: 'not-found' } });
}

/** Throws 401 for an actor who was deleted or whose sessions were ended since the request began. */
async function asOfNow(actor: Actor, stores: Stores, target: User | undefined): Promise<Actor> {
  const user = target?.id === actor.user.id ? target : await stores.users.find(actor.user.id);
  if (user?.credentialsVersion === actor.user.credentialsVersion) return { ...actor, user };
  throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
}

const VERBS: Readonly<Record<ManagingAct, string>> = {
  view: 'see',
  activate: 'activate',
  deactivate: 'deactivate',
  suspend: 'suspend',
  unsuspend: 'unsuspend',
  unlock: 'unlock',
  delete: 'delete',
  demote: 'demote',
  requirePasswordReset: 'require a password reset of',
  removePasswordResetRequirement: 'lift the password reset of',
  getPasswordResetUrl: 'get a password reset URL for',
  assign: 'change the permissions of',
  impersonate: 'impersonate',
};

function sentence(verdict: Exclude<ManageVerdict, 'allow' | 'not-found'>, act: ManagingAct): string {
  switch (verdict) {
    case 'forbidden':
      return 'User is not authorized to perform this action.';
    case 'self':
      return `You cannot ${VERBS[act]} your own account.`;
    case 'admin-target':
      return `Only an administrator can ${VERBS[act]} an administrator.`;
    case 'last-admin':
      return `You cannot ${VERBS[act]} the last administrator. Make another user an administrator first.`;
    case 'exceeds':
      return `You cannot ${VERBS[act]} a user who has permissions that you do not have.`;
    case 'not-active':
      return `You cannot ${VERBS[act]} a user who cannot sign in. Activate or unsuspend the account first.`;
    case 'impersonating':
      return 'Not while you are impersonating another user. Stop that first.';
  }
}
