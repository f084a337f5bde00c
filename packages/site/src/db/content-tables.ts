import type { Generated } from 'kysely';
import type { AssetKind } from '../fields/upload-rules.ts';
import type { Flag } from './flag.ts';

// The tables of content: see `db/tables.ts`.

export interface EntriesTable {
  id: Generated<number>;
  uid: string;
  section: string;
  type: string;
  draft: Flag;
  enabled: Flag;
  post_at: number | null;
  expires_at: number | null;
  parent_id: number | null;
  level: number;
  /** The places of its ancestors and its own (`db/entry-tree.ts`), in the order of the tree; NULL while it is deleted. */
  sort_key: string | null;
  creator_id: number | null;
  version: number;
  /** The number that its newest revision got. */
  last_revision: number;
  created_at: number;
  updated_at: number;
  /** It is in the bin since then. */
  deleted_at: number | null;
}

export interface EntryAuthorsTable {
  entry_id: number;
  user_id: number;
  position: number;
}

/** Whether and to whom an entry shows on a site, but for its dates. */
export type EntryStage = 'deleted' | 'draft' | 'disabled' | 'listed';

/**
 * An entry on one of its sites, with all that queries filter and sort by, so that they read one table in the order of one of
 * its indexes. `slug_claim` (`posts/hello`) and `uri_claim` are unique on a site, and NULL for drafts and deleted entries.
 */
export interface EntrySitesTable {
  id: Generated<number>;
  entry_id: number;
  site: string;
  section: string;
  type: string;
  stage: EntryStage;
  /** The switch of this site alone. */
  enabled: Flag;
  title: string | null;
  slug: string | null;
  slug_claim: string | null;
  uri: string | null;
  uri_claim: string | null;
  post_at: number | null;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
  /** JSON of the custom fields' values by handle: text on SQLite, jsonb on PostgreSQL, which gives it back parsed. */
  fields: string;
}

export interface EntryReferencesTable {
  entry_id: number;
  site: string;
  field: string;
  position: number;
  /** `entry:12`, `user:3`, `asset:9`, `choice:red`. */
  target: string;
}

/** `state` is JSON of an `EntryState`. */
export interface EntryDraftsTable {
  entry_id: number;
  creator_id: number;
  base_version: number;
  notes: string | null;
  state: string;
  created_at: number;
  updated_at: number;
}

export interface EntryRevisionsTable {
  entry_id: number;
  num: number;
  creator_id: number | null;
  notes: string | null;
  state: string;
  created_at: number;
}

export interface AssetsTable {
  id: Generated<number>;
  uid: string;
  volume: string;
  filename: string;
  kind: AssetKind;
  media_type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  storage_key: string;
  uploader_id: number | null;
  created_at: number;
}

/** One row: what the code declared of the content when it was last applied, as JSON. */
export interface ContentSchemaTable {
  id: number;
  schema: string;
  applied_at: number;
}
