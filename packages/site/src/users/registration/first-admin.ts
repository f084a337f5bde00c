import { initialFields } from '../../fields/apply-fields.ts';
import type { Services } from '../../services.ts';
import { passwordLink } from '../codes/password-link.ts';
import type { User } from '../user.ts';

/**
 * While nobody can sign in as an administrator: a link with which the owner of a waiting administrator's account sets its
 * password, once. The account is made if there is none with this address; a link of before is worth nothing. `undefined` as
 * soon as there is an administrator. Throws where the address is that of somebody else's account.
 */
export async function firstAdminLink(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  email: string,
): Promise<string | undefined> {
  const { database, settings, now } = services;
  return database.transaction(async (stores) => {
    if ((await stores.users.lockAdmins()).length > 0) return undefined;
    const known = await stores.users.findByEmail(email);
    if (known && !isWaitingAdmin(known)) throw taken(email);
    const user =
      known ??
      (await stores.users.insert(
        {
          email,
          username: email,
          admin: true,
          status: 'pending',
          verified: false,
          approved: true,
          fields: initialFields(settings.users.fields),
        },
        now(),
      ));
    return passwordLink(services, stores, user);
  });
}

function isWaitingAdmin({ admin, status, suspended, passwordHash }: User): boolean {
  return admin && status === 'pending' && !suspended && passwordHash === null;
}

function taken(email: string): Error {
  return new Error(
    `There is no administrator yet, and ${email} is the address of an account that is none. Name another address.`,
  );
}
