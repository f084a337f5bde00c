import { initialFields } from '../fields/apply-fields.ts';
import { inputErrors } from '../lib/input-errors.ts';
import type { Services } from '../services.ts';
import { passwordLink } from '../users/codes/password-link.ts';
import { checkPassword } from '../users/passwords/password-policy.ts';
import { ownerOfEmail, ownerOfUsername } from '../users/taken.ts';
import { TakenError } from '../users/user-store.ts';
import type { NewUser } from '../users/user.ts';
import { emailError, takenError, usernameError } from '../users/validate-user.ts';
import type { AccountToCreate, CreatedAccount } from './site-tasks.ts';

/**
 * Makes an account without asking anybody's permission: whoever runs commands has the database anyway. It is active with a
 * password, else pending until its owner sets one by the link. Throws input errors.
 */
export async function createAccount(services: Services, account: AccountToCreate): Promise<CreatedAccount> {
  const { database, passwords, settings, now } = services;
  const email = account.email.trim();
  const username = settings.useEmailAsUsername ? email : (account.username?.trim() ?? email);
  const { password, admin } = account;
  await check(services, email, username, password);
  const passwordHash = password === undefined ? null : await passwords.hash(password);
  const hasPassword = passwordHash !== null;
  const user: NewUser = {
    email,
    username,
    admin,
    passwordHash,
    lastPasswordChangeAt: hasPassword ? now() : null,
    status: hasPassword ? 'active' : 'pending',
    verified: hasPassword,
    approved: true,
    fields: initialFields(settings.users.fields),
  };
  try {
    return await database.transaction(async (stores) => {
      const made = await stores.users.insert(user, now());
      const link = hasPassword ? undefined : await passwordLink(services, stores, made);
      return { id: made.id, link };
    });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    const { field } = error;
    throw inputErrors({ [field]: takenError(field, field === 'email' ? email : username) });
  }
}

async function check(
  { settings, database: { users } }: Services,
  email: string,
  username: string,
  password: string | undefined,
): Promise<void> {
  const errors = {
    email: emailError(email) ?? ((await ownerOfEmail(users, email)) && takenError('email', email)),
    // One sentence is enough where it is the address.
    username:
      username === email
        ? undefined
        : (usernameError(username, [email]) ??
          ((await ownerOfUsername(users, username)) && takenError('username', username))),
    password:
      password === undefined
        ? undefined
        : await checkPassword(settings, password, { email, username, fullName: null }),
  };
  const found = Object.entries(errors).flatMap(([field, error]) =>
    error === undefined ? [] : [[field, error] as const],
  );
  if (found.length > 0) throw inputErrors(Object.fromEntries(found));
}
