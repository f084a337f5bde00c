import { inputErrors } from '../lib/input-errors.ts';
import type { Services } from '../services.ts';
import { checkPassword } from '../users/password-policy.ts';
import { ownerOfEmail, ownerOfUsername } from '../users/taken.ts';
import { TakenError } from '../users/user-store.ts';
import type { NewUser } from '../users/user.ts';
import { emailError, takenError, usernameError } from '../users/validate-user.ts';
import { codeLink, issueCode } from '../users/verification.ts';
import type { AccountToCreate, CreatedAccount } from './site-tasks.ts';

/** Makes an active account without asking anybody's permission: whoever runs commands has the database anyway. Throws input errors. */
export async function createAccount(services: Services, account: AccountToCreate): Promise<CreatedAccount> {
  const { database, passwords, settings, now } = services;
  const email = account.email.trim();
  const username = settings.useEmailAsUsername ? email : (account.username?.trim() ?? email);
  const { password, admin } = account;
  await check(services, email, username, password);
  const passwordHash = password === undefined ? null : await passwords.hash(password);
  const user: NewUser = {
    email,
    username,
    admin,
    passwordHash,
    status: 'active',
    verified: true,
    approved: true,
  };
  try {
    return await database.transaction(async (stores) => {
      const made = await stores.users.insert(
        { ...user, lastPasswordChangeAt: passwordHash === null ? null : now() },
        now(),
      );
      if (passwordHash !== null) return { id: made.id, link: undefined };
      const code = await issueCode(services, stores, made, 'reset-password');
      return { id: made.id, link: codeLink(services, 'reset-password', made, code) };
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
