import type { AddressStore } from './addresses/address-store.ts';
import type { AssetStore } from './assets/asset-store.ts';
import type { EntryDraftStore } from './entries/draft-store.ts';
import type { EntryStore } from './entries/entry-store.ts';
import type { EntryQueryStore } from './entries/query/entry-query-store.ts';
import type { EntryRevisionStore } from './entries/revision-store.ts';
import type { DiscardedFileStore } from './files/discarded-file-store.ts';
import type { OutboxStore } from './mail/outbox-store.ts';
import type { ImpersonationTokenStore } from './users/administration/impersonation-token-store.ts';
import type { UserSessionStore } from './sessions/user-session-store.ts';
import type { UserStore } from './users/user-store.ts';
import type { VerificationCodeStore } from './users/codes/verification-code-store.ts';

/** One port for each thing that is kept. */
export interface Stores {
  readonly users: UserStore;
  readonly codes: VerificationCodeStore;
  readonly impersonationTokens: ImpersonationTokenStore;
  readonly sessions: UserSessionStore;
  readonly addresses: AddressStore;
  readonly outbox: OutboxStore;
  readonly discardedFiles: DiscardedFileStore;
  readonly entries: EntryStore;
  readonly entryQueries: EntryQueryStore;
  readonly entryDrafts: EntryDraftStore;
  readonly entryRevisions: EntryRevisionStore;
  readonly assets: AssetStore;
}

/** The database as rules and actions see it. Everything rejects with `ActionError` `SERVICE_UNAVAILABLE` when it is out of reach. */
export interface Database extends Stores {
  /**
   * All writes of `work` happen, or none. Do slow work (hashing, images, mail) before it: on SQLite nobody else reads or
   * writes meanwhile. What `work` throws is rethrown after the rollback.
   *
   * Inside, only `stores` may be used: any other store waits for the transaction to end, and is refused after 1.5 s. There
   * are no transactions within transactions. After an error of a store nothing more can be done but to let it pass:
   * PostgreSQL takes no further statement.
   *
   * `work` may be run up to four times, where PostgreSQL undid it because of others (a deadlock, SQLSTATE 40P01 or 40001):
   * it must do nothing that a rollback does not undo, and begin from what it reads there.
   */
  transaction<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result>;
  /** Rejects unless the database answers. */
  ping(): Promise<void>;
}
