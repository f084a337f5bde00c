import { ActionError } from 'portico';
import type { Settings } from '../../config.ts';
import type { Stores } from '../../database.ts';
import type { Update } from './check-update.ts';
import { forbidden } from '../forbidden.ts';
import { notFound, refuseUnless } from '../administration/manage-user.ts';
import { mayManage } from '../administration/may-manage.ts';
import { rightsOver, type Rights } from './save-rights.ts';
import type { User } from '../user.ts';

/** The user as stored now, locked. Throws where who saves may do less by now than when it was checked. */
export async function lockTarget(
  settings: Settings,
  stores: Pick<Stores, 'users'>,
  { saver, target, rights, plan }: Update,
): Promise<User> {
  const demotes = target.admin && plan.changes.admin === false;
  const admins = demotes ? await stores.users.lockAdmins() : [];
  const current = await stores.users.lock(target.id);
  if (!current) throw notFound();
  const actor = saver.user.id === current.id ? current : await stores.users.find(saver.user.id);
  if (actor?.credentialsVersion !== saver.user.credentialsVersion)
    throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
  const now = rightsOver(settings, actor, current, saver.isElevated);
  const isLess = Object.entries(rights).some(([right, had]) => had && !now[right as keyof Rights]);
  if (isLess) throw forbidden();
  if (demotes) {
    const given = { actor: { user: actor, impersonatorId: null }, targetId: current.id, target: current };
    refuseUnless(mayManage({ ...given, act: 'demote', admins, settings }), 'demote');
  }
  if (plan.email.kind !== 'none' && current.email !== target.email) {
    throw new ActionError({
      code: 'CONFLICT',
      message: 'The email address was changed in the meantime. Look at it, and save again.',
    });
  }
  return current;
}
