import { Kysely, sql } from 'kysely';
import type { OnceStore, RateLimitStore, SessionStore } from 'portico';
import type { ContentUpkeep, PlannedStep } from '../content/content-upkeep.ts';
import type { Database, Stores } from '../database.ts';
import { createAddressStore } from './address-store.ts';
import { createAssetStore } from './asset-store.ts';
import { inTransaction } from './atomically.ts';
import { connect, dialectOf, type DatabaseKind } from './connect.ts';
import { createContentMigration, type ContentMigration } from './content-migration.ts';
import { createDiscardedFileStore } from './discarded-file-store.ts';
import { createEntryDraftStore } from './entry-draft-store.ts';
import { createEntryQueryStore } from './entry-query-store.ts';
import { createEntryRevisionStore } from './entry-revision-store.ts';
import { createEntryStore } from './entry-store.ts';
import { createImpersonationTokenStore } from './impersonation-token-store.ts';
import { migrate, planMigration } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { createOnceStore } from './once-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createRateLimitStore } from './rate-limit-store.ts';
import { createSessionStore } from './session-store.ts';
import type { Tables } from './tables.ts';
import { createUserSessionStore } from './user-session-store.ts';
import { createUserStore } from './user-store.ts';
import { createVerificationCodeStore } from './verification-code-store.ts';

export interface DatabaseOptions {
  /** Epoch milliseconds, for sessions, rate limits and `once`, which are not told the time. Default: the clock. */
  readonly now?: () => number;
  /** What `migrate` brings the content up to; without it content is left alone. */
  readonly upkeep?: ContentUpkeep;
}

export interface MigrationOptions {
  /** Removes entries, values and indexes that the code no longer knows of. Default: they stay. */
  readonly drop?: boolean;
}

export interface SiteDatabase {
  readonly kind: DatabaseKind;
  readonly database: Database;
  /** For Portico's sessions. */
  readonly sessionStore: SessionStore;
  /** For Portico's limits. */
  readonly rateLimits: RateLimitStore;
  /** For Portico's `once`. */
  readonly onceStore: OnceStore;
  /** Removes outcomes of `once` actions that expired before `before` (epoch milliseconds). Returns how many. */
  purgeOnce(before: number): Promise<number>;
  /** Removes the windows of rate limits that ended before `before` (epoch milliseconds). Returns how many. */
  purgeRateLimits(before: number): Promise<number>;
  /** Brings the database up to date. Safe for several processes at once, and again. */
  migrate(options?: MigrationOptions): Promise<void>;
  /** What `migrate` would do. Changes nothing. */
  plan(options?: MigrationOptions): Promise<readonly PlannedStep[]>;
  /** Ends all connections. Whatever is asked afterwards rejects with `SERVICE_UNAVAILABLE`. */
  close(): Promise<void>;
  /** For queries of one's own. */
  readonly kysely: Kysely<Tables>;
}

/** Everything that is kept, at `sqlite:path` or `postgres://…`. Throws for another URL. Nothing is opened before first use. */
export function createDatabase(url: string, options: DatabaseOptions = {}): SiteDatabase {
  const { now = () => Date.now(), upkeep } = options;
  const { kind, source, patientSource } = connect(url);
  const kysely = new Kysely<Tables>({ dialect: dialectOf(kind, source) });
  const rateLimits = createRateLimitStore(kysely, now);
  const onceStore = createOnceStore(kysely, now);

  function contentMigration(drop: boolean): ContentMigration | undefined {
    return upkeep && createContentMigration(kind, (db) => storesOn(db, kind), upkeep, drop);
  }

  async function patiently<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    const patient = patientSource();
    try {
      return await work(new Kysely({ dialect: dialectOf(kind, patient) }));
    } finally {
      if (patient !== source) await patient.close();
    }
  }

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
    onceStore,
    purgeOnce: (before) => onceStore.purge(before),
    purgeRateLimits: (before) => rateLimits.purge(before),
    migrate: ({ drop = false } = {}) =>
      patiently(async (db) => {
        await migrate(db, kind, now(), MIGRATIONS, contentMigration(drop));
      }),
    plan: ({ drop = false } = {}) => patiently((db) => planMigration(db, kind, contentMigration(drop))),
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
    entryDrafts: createEntryDraftStore(db),
    entryRevisions: createEntryRevisionStore(db),
    assets: createAssetStore(db),
  };
}
