import type { AccountStatus, NewUser, User, UserChanges } from './user.ts';

/** Another active or pending account has this e-mail address or username, whatever the case of its letters. */
export class TakenError extends Error {
  override readonly name = 'TakenError';
  readonly field: 'email' | 'username';

  constructor(field: 'email' | 'username') {
    super(`Another account has this ${field}.`);
    this.field = field;
  }
}

export interface UserSearch {
  /** In username, e-mail address and names, whatever the case. */
  readonly search?: string;
  readonly status?: AccountStatus | 'suspended' | 'locked';
  /** Epoch milliseconds: `locked` are those who were locked later. Default: all whom no login has unlocked. */
  readonly lockedAfter?: number;
  readonly group?: string;
  readonly limit: number;
  readonly offset: number;
}

/** A part of what a search found. */
export interface UserPage {
  readonly users: readonly User[];
  /** How many there are in all. */
  readonly total: number;
}

/** Where users are kept. Every method rejects with `ActionError` `SERVICE_UNAVAILABLE` when the database cannot be reached. */
export interface UserStore {
  find(id: number): Promise<User | undefined>;
  /** In the order of the ids; those that are not there are left out. */
  findMany(ids: readonly number[]): Promise<readonly User[]>;
  findByUid(uid: string): Promise<User | undefined>;
  /** By username or e-mail address, whatever the case; active and pending accounts before inactive ones. */
  findByLoginName(loginName: string): Promise<User | undefined>;
  /** By e-mail address, whatever the case; active and pending accounts before inactive ones. */
  findByEmail(email: string): Promise<User | undefined>;
  /** As `find`, and nobody else changes the user before the transaction ends. */
  lock(id: number): Promise<User | undefined>;
  /**
   * Ids, in ascending order, of the administrators who can sign in (active, not suspended); nobody else changes these
   * users before the transaction ends. To be called before `lock`, so that two who remove administrators wait for one
   * another instead of both.
   */
  lockAdmins(): Promise<readonly number[]>;
  /** Throws `TakenError`. The database holds it: two at once make one user. */
  insert(user: NewUser, now: number): Promise<User>;
  /** Writes only what is named. Throws `TakenError`. */
  update(id: number, changes: UserChanges, now: number): Promise<User>;
  delete(id: number): Promise<void>;
  /** Newest first. */
  list(search: UserSearch): Promise<UserPage>;
  /** Pending accounts made before `before` that never came further: for `purgePendingUsersDuration`. Returns how many went. */
  purgePending(before: number): Promise<number>;
}
