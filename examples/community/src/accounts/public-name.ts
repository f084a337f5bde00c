import type { CurrentUser } from '@portico/site';

/** What visitors may call a user. Never the username where that is an e-mail address. */
export function publicName({ fullName, username }: Pick<CurrentUser, 'fullName' | 'username'>): string {
  if (fullName !== null) return fullName;
  return username === null || username.includes('@') ? 'A potter' : username;
}

/** Who wrote something. */
export function authorName([author]: ReadonlyArray<Pick<CurrentUser, 'fullName' | 'username'>>): string {
  return author === undefined ? 'A former member' : publicName(author);
}
