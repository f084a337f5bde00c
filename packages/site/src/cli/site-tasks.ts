export interface AccountToCreate {
  readonly email: string;
  readonly username: string | undefined;
  readonly admin: boolean;
  /** Without one the user sets it by a link. */
  readonly password: string | undefined;
}

export interface CreatedAccount {
  readonly id: number;
  /** Sets the password, once. `undefined` where there is one already. */
  readonly link: string | undefined;
}

export interface ChangedAccount {
  readonly email: string;
  /** What still keeps the user from signing in: `pending`, `suspended` and the like. `undefined`: nothing. */
  readonly closed: string | undefined;
}

/** What commands do to a site. Field errors come as Portico's input errors. */
export interface SiteTasks {
  migrate(): Promise<void>;
  /** Makes an account that is active at once. */
  createUser(account: AccountToCreate): Promise<CreatedAccount>;
  /** `user` is an e-mail address, a username or an id. All sessions of the user end, and codes that were mailed. */
  setPassword(user: string, password: string): Promise<ChangedAccount>;
  /** Hands a mail to the transport now. Returns a sentence that says where it went. */
  sendTestMail(to: string): Promise<string>;
  close(): Promise<void>;
}
