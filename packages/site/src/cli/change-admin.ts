import type { Services } from '../services.ts';
import { refuseUnless } from '../users/administration/manage-user.ts';
import { isLastAdmin } from '../users/administration/may-manage.ts';
import { closedBy, findUser, noUser } from './find-user.ts';
import type { ChangedAccount } from './site-tasks.ts';

/** Makes a user an administrator, or with `admin` false a user like others. Throws where that would leave no administrator. */
export async function changeAdmin(
  services: Pick<Services, 'database' | 'now'>,
  name: string,
  admin: boolean,
): Promise<ChangedAccount> {
  const { database, now } = services;
  const { id } = await findUser(services, name);
  const changed = await database.transaction(async ({ users }) => {
    const admins = await users.lockAdmins();
    const user = await users.lock(id);
    if (!user) throw noUser(name);
    if (!admin && isLastAdmin(user, admins)) refuseUnless('last-admin', 'demote');
    return users.update(id, { admin }, now());
  });
  return { email: changed.email, closed: closedBy(changed) };
}
