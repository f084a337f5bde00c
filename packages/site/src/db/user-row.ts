import {
  sql,
  type Insertable,
  type RawBuilder,
  type Selectable,
  type Updateable,
  type UpdateObject,
} from 'kysely';
import { loginKey } from '../users/login-key.ts';
import type { NewUser, User, UserChanges, UserPhoto } from '../users/user.ts';
import type { Flag } from './flag.ts';
import type { Tables, UsersTable } from './tables.ts';

type Row = Selectable<UsersTable>;
/** What is a column of its own; groups and permissions have tables. */
type Stored = Exclude<keyof NewUser, 'groups' | 'permissions'>;
type Columns = Updateable<UsersTable>;

const COLUMNS: { readonly [Key in Stored]: (value: User[Key]) => Columns } = {
  username: (value) => ({ username: value, username_key: keyOf(value) }),
  email: (value) => ({ email: value, email_key: loginKey(value) }),
  unverifiedEmail: (value) => ({ unverified_email: value }),
  fullName: (value) => ({ full_name: value, full_name_key: keyOf(value) }),
  firstName: (value) => ({ first_name: value, first_name_key: keyOf(value) }),
  lastName: (value) => ({ last_name: value, last_name_key: keyOf(value) }),
  status: (value) => ({ status: value }),
  verified: (value) => ({ verified: flag(value) }),
  approved: (value) => ({ approved: flag(value) }),
  suspended: (value) => ({ suspended: flag(value) }),
  admin: (value) => ({ admin: flag(value) }),
  passwordHash: (value) => ({ password_hash: value }),
  passwordResetRequired: (value) => ({ password_reset_required: flag(value) }),
  lastPasswordChangeAt: (value) => ({ last_password_change_at: value }),
  invalidLoginCount: (value) => ({ invalid_login_count: value }),
  invalidLoginWindowStart: (value) => ({ invalid_login_window_start: value }),
  lastInvalidLoginAt: (value) => ({ last_invalid_login_at: value }),
  lockedAt: (value) => ({ locked_at: value }),
  lastLoginAt: (value) => ({ last_login_at: value }),
  lastLoginIp: (value) => ({ last_login_ip: value }),
  photo: (value) => ({ photo: value === null ? null : JSON.stringify(value) }),
  fields: (value) => ({ fields: JSON.stringify(value) }),
};

const EMPTY: Required<Omit<NewUser, 'email' | 'status' | 'verified' | 'approved'>> = {
  username: null,
  unverifiedEmail: null,
  fullName: null,
  firstName: null,
  lastName: null,
  suspended: false,
  admin: false,
  groups: [],
  permissions: [],
  passwordHash: null,
  passwordResetRequired: false,
  lastPasswordChangeAt: null,
  invalidLoginCount: 0,
  invalidLoginWindowStart: null,
  lastInvalidLoginAt: null,
  lockedAt: null,
  lastLoginAt: null,
  lastLoginIp: null,
  photo: null,
  fields: {},
};

/** All columns of a new user. */
export function insertedColumns(user: NewUser, uid: string, now: number): Insertable<UsersTable> {
  const whole = { ...EMPTY, ...user };
  const columns = namedColumns(whole) as Insertable<UsersTable>;
  const counts = whole.status !== 'inactive';
  return {
    ...columns,
    email_claim: counts ? columns.email_key : null,
    username_claim: counts ? keyOf(whole.username) : null,
    uid,
    credentials_version: 1,
    created_at: now,
    updated_at: now,
  };
}

/** The columns of what is named, with the keys and claims that hang on it. */
export function updatedColumns(changes: UserChanges, now: number): UpdateObject<Tables, 'users'> {
  const { status } = changes;
  const { email_key, username_key, ...columns } = namedColumns(changes);
  return {
    ...columns,
    ...(email_key !== undefined && { email_key }),
    ...(username_key !== undefined && { username_key }),
    ...((status ?? email_key) !== undefined && { email_claim: claim(status, 'email_key', email_key) }),
    ...((status ?? username_key) !== undefined && {
      username_claim: claim(status, 'username_key', username_key),
    }),
    updated_at: now,
  };
}

function namedColumns(changes: UserChanges): Columns {
  const columns: Columns = {};
  for (const [key, column] of Object.entries(COLUMNS)) {
    const value = changes[key as Stored];
    if (value !== undefined) Object.assign(columns, (column as (value: unknown) => Columns)(value));
  }
  return columns;
}

// What does not change is read by the statement itself, so that two changes at once lose nothing.
function claim(
  status: User['status'] | undefined,
  column: 'email_key' | 'username_key',
  key: string | null | undefined,
): string | null | RawBuilder<string | null> {
  if (status === 'inactive') return null;
  const value = key === undefined ? sql.ref<string | null>(column) : key;
  if (status !== undefined) return value;
  return sql`case when status = 'inactive' then null else ${value} end`;
}

/** A user as it is stored, with its groups and permissions. */
export function userOfRow(row: Row, groups: readonly string[], permissions: readonly string[]): User {
  return {
    id: row.id,
    uid: row.uid,
    username: row.username,
    email: row.email,
    unverifiedEmail: row.unverified_email,
    fullName: row.full_name,
    firstName: row.first_name,
    lastName: row.last_name,
    status: row.status,
    verified: row.verified === 1,
    approved: row.approved === 1,
    suspended: row.suspended === 1,
    admin: row.admin === 1,
    groups,
    permissions,
    passwordHash: row.password_hash,
    passwordResetRequired: row.password_reset_required === 1,
    lastPasswordChangeAt: row.last_password_change_at,
    credentialsVersion: row.credentials_version,
    invalidLoginCount: row.invalid_login_count,
    invalidLoginWindowStart: row.invalid_login_window_start,
    lastInvalidLoginAt: row.last_invalid_login_at,
    lockedAt: row.locked_at,
    lastLoginAt: row.last_login_at,
    lastLoginIp: row.last_login_ip,
    photo: row.photo === null ? null : (JSON.parse(row.photo) as UserPhoto),
    fields: JSON.parse(row.fields) as User['fields'],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function keyOf(text: string | null): string | null {
  return text === null ? null : loginKey(text);
}

function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
