import type { CurrentUser } from '@portico/site';
import { publicName } from '../accounts/public-name.ts';
import { valuesOf } from '../accounts/user-fields.ts';
import type { Database } from './database.ts';

/** Whoever has written something, as visitors see it. Those of the demo have no account. */
export interface Member {
  /** The `uid` of the account. */
  readonly id: string;
  readonly name: string;
  readonly craft: string;
  readonly photoUrl: string | null;
}

/** Puts a user into the directory of authors, or brings the entry up to date, and returns its id: call it before they write. */
export function rememberMember({ sql }: Database, user: CurrentUser): string {
  const { id, name, craft, photoUrl } = memberOf(user);
  sql.run`
    INSERT INTO members (id, name, craft, photo_url) VALUES (${id}, ${name}, ${craft}, ${photoUrl})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, craft = excluded.craft, photo_url = excluded.photo_url`;
  return id;
}

/** The same, for a user who may have written nothing yet, and then need not be known. */
export function refreshMember({ sql }: Database, user: CurrentUser): void {
  const { id, name, craft, photoUrl } = memberOf(user);
  sql.run`UPDATE members SET name = ${name}, craft = ${craft}, photo_url = ${photoUrl} WHERE id = ${id}`;
}

/** A member of the demo. */
export function addMember({ sql }: Database, { id, name, craft }: Omit<Member, 'photoUrl'>): void {
  sql.run`INSERT INTO members (id, name, craft) VALUES (${id}, ${name}, ${craft})`;
}

function memberOf(user: CurrentUser): Member {
  return { id: user.uid, name: publicName(user), craft: valuesOf(user).craft ?? '', photoUrl: user.photoUrl };
}
