import type { Generated } from 'kysely';
import type { AccountStatus } from '../users/user.ts';
import type { CodePurpose } from '../users/codes/verification-code-store.ts';
import type {
  EntriesTable,
  EntryAuthorsTable,
  EntrySitesTable,
  EntryReferencesTable,
  EntryDraftsTable,
  EntryRevisionsTable,
  AssetsTable,
  ContentSchemaTable,
} from './content-tables.ts';
import type { Flag } from './flag.ts';

// The tables as queries see them today; the migrations made them. The same on every database: times are epoch
// milliseconds, booleans 0 or 1, JSON is text.

export interface Tables {
  users: UsersTable;
  user_groups: UserGroupsTable;
  user_permissions: UserPermissionsTable;
  verification_codes: VerificationCodesTable;
  impersonation_tokens: ImpersonationTokensTable;
  sessions: SessionsTable;
  addresses: AddressesTable;
  outbox: OutboxTable;
  rate_limits: RateLimitsTable;
  once_results: OnceResultsTable;
  discarded_files: DiscardedFilesTable;
  entries: EntriesTable;
  entry_authors: EntryAuthorsTable;
  entry_sites: EntrySitesTable;
  entry_references: EntryReferencesTable;
  entry_drafts: EntryDraftsTable;
  entry_revisions: EntryRevisionsTable;
  assets: AssetsTable;
  content_schema: ContentSchemaTable;
  portico_migrations: MigrationsTable;
}

/**
 * `…_key` is a name as names are compared (`loginKey`), for finding. `…_claim` is the same while the account is active or
 * pending and NULL while it is inactive, and unique: NULLs never collide on any SQL database, so any number of inactive
 * accounts may share an address with one that counts. A partial index would say it better, but MySQL has none.
 */
export interface UsersTable {
  id: Generated<number>;
  uid: string;
  username: string | null;
  username_key: string | null;
  username_claim: string | null;
  email: string;
  email_key: string;
  email_claim: string | null;
  unverified_email: string | null;
  full_name: string | null;
  full_name_key: string | null;
  first_name: string | null;
  first_name_key: string | null;
  last_name: string | null;
  last_name_key: string | null;
  status: AccountStatus;
  verified: Flag;
  approved: Flag;
  suspended: Flag;
  admin: Flag;
  password_hash: string | null;
  password_reset_required: Flag;
  last_password_change_at: number | null;
  credentials_version: number;
  invalid_login_count: number;
  invalid_login_window_start: number | null;
  last_invalid_login_at: number | null;
  locked_at: number | null;
  last_login_at: number | null;
  last_login_ip: string | null;
  /** JSON of a `UserPhoto`. */
  photo: string | null;
  /** JSON of the custom fields' values by handle. */
  fields: string;
  created_at: number;
  updated_at: number;
}

interface UserGroupsTable {
  user_id: number;
  handle: string;
}

interface UserPermissionsTable {
  user_id: number;
  permission: string;
}

/** At most one a user. */
export interface VerificationCodesTable {
  user_id: number;
  purpose: CodePurpose;
  hash: string;
  issued_at: number;
  expires_at: number;
}

export interface ImpersonationTokensTable {
  hash: string;
  issuer_id: number;
  issuer_stamp: number;
  user_id: number;
  expires_at: number;
}

/**
 * Keyed by the hash of the session's id. No foreign key on the user: a login may be written while its account goes, and
 * whoever loads it sees that there is no such user.
 */
interface SessionsTable {
  key: string;
  uid: string;
  /** As the session store was given it: text. */
  user_id: string | null;
  data: string;
  version: number;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
}

export interface AddressesTable {
  id: Generated<number>;
  uid: string;
  owner_id: number;
  title: string | null;
  country_code: string;
  administrative_area: string | null;
  locality: string | null;
  dependent_locality: string | null;
  postal_code: string | null;
  sorting_code: string | null;
  address_line1: string | null;
  address_line2: string | null;
  address_line3: string | null;
  organization: string | null;
  organization_tax_id: string | null;
  full_name: string | null;
  first_name: string | null;
  last_name: string | null;
  latitude: number | null;
  longitude: number | null;
  fields: string;
  created_at: number;
  updated_at: number;
}

interface OutboxTable {
  id: Generated<number>;
  /** Names the template. */
  mail_key: string;
  /** JSON of a `MailMessage`; NULL once it was sent, since it held a code. */
  message: string | null;
  attempts: number;
  /** When it may be taken, which a lease puts off; NULL once it was sent or given up. */
  due_at: number | null;
  last_error: string | null;
  created_at: number;
  sent_at: number | null;
}

interface RateLimitsTable {
  key: string;
  count: number;
  ends_at: number;
}

/** Keyed by a hash of action, visitor and id. */
interface OnceResultsTable {
  key: string;
  /** Hash of what was sent. */
  fingerprint: string;
  /** Tells the process that runs it from any other that tries. */
  holder: string;
  /** NULL while it runs. */
  outcome: string | null;
  expires_at: number;
}

interface DiscardedFilesTable {
  storage_key: string;
  due_at: number;
}

interface MigrationsTable {
  name: string;
  applied_at: number;
}
