import { Kysely, sql } from 'kysely';
import type { RateLimitStore, SessionStore } from 'portico';
import type { Database, Stores } from '../database.ts';
import { createAddressStore } from './address-store.ts';
import { createAssetStore } from './asset-store.ts';
import { inTransaction } from './atomically.ts';
import { connect, dialectOf, type DatabaseKind } from './connect.ts';
import { createDiscardedFileStore } from './discarded-file-store.ts';
import { createEntryDraftStore } from './entry-draft-store.ts';
import { createEntryQueryStore } from './entry-query-store.ts';
import { createEntryRevisionStore } from './entry-revision-store.ts';
import { createEntryStore } from './entry-store.ts';
import { createImpersonationTokenStore } from './impersonation-token-store.ts';
import { migrate } from './migrate.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createRateLimitStore } from './rate-limit-store.ts';
import { createSessionStore } from './session-store.ts';
import type { Tables } from './tables.ts';
import { createUserSessionStore } from './user-session-store.ts';
import { createUserStore } from './user-store.ts';
import { createVerificationCodeStore } from './verification-code-store.ts';

export interface DatabaseOptions {
  /** Epoch milliseconds, for sessions and rate limits, which are not told the time. Default: the clock. */
  readonly now?: () => number;
}

export interface SiteDatabase {
  readonly kind: DatabaseKind;
  readonly database: Database;
  /** For Portico's sessions. */
  readonly sessionStore: SessionStore;
  /** For Portico's limits. */
  readonly rateLimits: RateLimitStore;
  /** Removes the windows of rate limits that ended before `before` (epoch milliseconds). Returns how many. */
  purgeRateLimits(before: number): Promise<number>;
  /** Brings the database up to date. Safe for several processes at once, and again. */
  migrate(): Promise<void>;
  /** Ends all connections. Whatever is asked afterwards rejects with `SERVICE_UNAVAILABLE`. */
  close(): Promise<void>;
  /** For queries of one's own. */
  readonly kysely: Kysely<Tables>;
}

/** Everything that is kept, at `sqlite:path` or `postgres://…`. Throws for another URL. Nothing is opened before first use. */
export function createDatabase(url: string, options: DatabaseOptions = {}): SiteDatabase {
  const { now = () => Date.now() } = options;
  const { kind, source, patientSource } = connect(url);
  const kysely = new Kysely<Tables>({ dialect: dialectOf(kind, source) });
  const rateLimits = createRateLimitStore(kysely, now);

  return {
    kind,
    kysely,
    database: {
      ...storesOn(kysely, kind),
      transaction: (work) =>
        inTransaction(kysely, source.isTransient, (transaction) => work(storesOn(transaction, kind))),
      async ping() {
        await sql.raw(source.probe).execute(kysely);
      },
    },
    sessionStore: createSessionStore(kysely, now),
    rateLimits,
    purgeRateLimits: (before) => rateLimits.purge(before),
    async migrate() {
      const patient = patientSource();
      try {
        await migrate(new Kysely({ dialect: dialectOf(kind, patient) }), kind, now());
      } finally {
        if (patient !== source) await patient.close();
      }
    },
    close: () => source.close(),
  };
}

function storesOn(db: Kysely<Tables>, kind: DatabaseKind): Stores {
  return {
    users: createUserStore(db, kind),
    codes: createVerificationCodeStore(db),
    impersonationTokens: createImpersonationTokenStore(db),
    sessions: createUserSessionStore(db),
    addresses: createAddressStore(db, kind),
    outbox: createOutboxStore(db, kind),
    discardedFiles: createDiscardedFileStore(db),
    entries: createEntryStore(db, kind),
    entryQueries: createEntryQueryStore(db, kind),
    entryDrafts: createEntryDraftStore(db, kind),
    entryRevisions: createEntryRevisionStore(db, kind),
    assets: createAssetStore(db, kind),
  };
}
