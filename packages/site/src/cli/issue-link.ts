import type { Services } from '../services.ts';
import { passwordLink } from '../users/codes/password-link.ts';
import { findUser, noUser } from './find-user.ts';
import type { LinkedAccount } from './site-tasks.ts';

/** A link with which a user sets a password, in the place of any other. Throws for an account that no link opens. */
export async function issueLink(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  name: string,
): Promise<LinkedAccount> {
  const { database } = services;
  const { id } = await findUser(services, name);
  return database.transaction(async (stores) => {
    const user = await stores.users.lock(id);
    if (!user) throw noUser(name);
    if (user.status === 'inactive') {
      throw new Error(
        `The account of ${user.email} is inactive, and no link opens it: an administrator has to activate it first.`,
      );
    }
    const link = await passwordLink(services, stores, user);
    return { email: user.email, link, closed: user.suspended ? 'suspended' : undefined };
  });
}
