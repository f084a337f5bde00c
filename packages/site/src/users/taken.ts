import type { UserStore } from './user-store.ts';
import { loginKey } from './login-key.ts';
import type { User } from './user.ts';

/** The active or pending account with this e-mail address, if it is not `self`. */
export async function ownerOfEmail(
  users: Pick<UserStore, 'findByEmail'>,
  email: string,
  self?: Pick<User, 'id'>,
): Promise<User | undefined> {
  const found = await users.findByEmail(email);
  return found && found.status !== 'inactive' && found.id !== self?.id ? found : undefined;
}

/** The active or pending account with this username, if it is not `self`. */
export async function ownerOfUsername(
  users: Pick<UserStore, 'findByLoginName'>,
  username: string,
  self?: Pick<User, 'id'>,
): Promise<User | undefined> {
  const found = await users.findByLoginName(username);
  if (!found || found.status === 'inactive' || found.id === self?.id) return undefined;
  return found.username !== null && loginKey(found.username) === loginKey(username) ? found : undefined;
}

/** Whether the username is the e-mail address, and so goes along when that changes. */
export function isEmailAsUsername(
  { useEmailAsUsername }: { readonly useEmailAsUsername: boolean },
  { username, email }: Pick<User, 'username' | 'email'>,
): boolean {
  return useEmailAsUsername || (username !== null && loginKey(username) === loginKey(email));
}
