import type { PlannedStep } from '../content/content-upkeep.ts';

export interface AccountToCreate {
  readonly email: string;
  readonly username: string | undefined;
  readonly admin: boolean;
  /** Without one the account is pending until the user sets it by a link. */
  readonly password: string | undefined;
}

export interface CreatedAccount {
  readonly id: number;
  /** Sets the password and opens the account, once. `undefined` where there is one already. */
  readonly link: string | undefined;
}

export interface ChangedAccount {
  readonly email: string;
  /** What still keeps the user from signing in: `pending`, `suspended` and the like. `undefined`: nothing. */
  readonly closed: string | undefined;
}

export interface LinkedAccount extends ChangedAccount {
  /** Sets the password, once. */
  readonly link: string;
}

/** What commands do to a site. `user` is an e-mail address, a username or an id. Field errors come as Portico's input errors. */
export interface SiteTasks {
  /** `drop` removes what the app's code no longer has, of content. */
  migrate(options: { readonly drop: boolean }): Promise<void>;
  /** What `migrate` would do. */
  plan(options: { readonly drop: boolean }): Promise<readonly PlannedStep[]>;
  createUser(account: AccountToCreate): Promise<CreatedAccount>;
  /** All sessions of the user end, and codes that were mailed. */
  setPassword(user: string, password: string): Promise<ChangedAccount>;
  /** Rejects where nobody would be left to administer the site. */
  setAdmin(user: string, admin: boolean): Promise<ChangedAccount>;
  /** Makes links of before worthless. */
  issueLink(user: string): Promise<LinkedAccount>;
  /** Hands a mail to the transport now. Returns a sentence that says where it went. */
  sendTestMail(to: string): Promise<string>;
  close(): Promise<void>;
}
