import type { PublicUser } from '../users/user-view.ts';
import type { FilledField } from './field.ts';
import { relationField, type RelationOptions } from './relation-field.ts';

export interface UsersOptions extends RelationOptions {
  /** Handles of the groups they are of. Default: anybody. */
  readonly groups?: readonly string[];
}

export interface UsersField extends FilledField<readonly number[], readonly PublicUser[]> {
  readonly type: 'users';
  readonly options: UsersOptions;
}

/** Users, by their ids. */
export function usersField(options: UsersOptions = {}): UsersField {
  const type = 'users';
  const { groups } = options;
  return {
    ...relationField<UsersOptions, PublicUser>(options, { type, kind: 'user', allowed: { groups } }),
    type,
  };
}
