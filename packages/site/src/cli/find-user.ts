import type { Services } from '../services.ts';
import type { User } from '../users/user.ts';

/** The user of an e-mail address, a username or an id. Throws where there is none. */
export async function findUser({ database }: Pick<Services, 'database'>, name: string): Promise<User> {
  const byName = await database.users.findByLoginName(name.trim());
  // A username may be a number, too; whoever signs in by it means the name.
  const user = byName ?? (/^\d+$/.test(name) ? await database.users.find(Number(name)) : undefined);
  if (user) return user;
  throw noUser(name);
}

export function noUser(name: string): Error {
  return new Error(
    `There is no user ${JSON.stringify(name)}: it takes an e-mail address, a username or an id.`,
  );
}

/** What still keeps a user from signing in: `pending`, `suspended` and the like. `undefined`: nothing. */
export function closedBy({ status, suspended }: Pick<User, 'status' | 'suspended'>): string | undefined {
  if (suspended) return 'suspended';
  return status === 'active' ? undefined : status;
}
