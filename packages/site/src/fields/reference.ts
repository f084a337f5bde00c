import type { AssetKind } from './upload-rules.ts';

/** Another element that a value names. Categories and tags are entries of sections of their own. */
export interface Reference {
  readonly kind: 'entry' | 'user' | 'asset';
  readonly id: number;
  /** Where in the value: '' for a plain list of ids, `0.fields.image` deeper within. */
  readonly path: string;
  readonly allowed: AllowedReferences;
  /** Whether the entries above it, up to the top of its structure, belong to the value too: `Field.withParents` adds them. */
  readonly withParents?: boolean;
  /** With that: how many of the field's selection may have none of the others below them. */
  readonly branchLimit?: number | undefined;
}

/** What a field may name; what is left out is not asked about. */
export interface AllowedReferences {
  /** Handles of sections, of entries. */
  readonly sections?: readonly string[] | undefined;
  /** Handles of groups, of users. */
  readonly groups?: readonly string[] | undefined;
  /** Of assets. */
  readonly volume?: string | undefined;
  readonly kinds?: readonly AssetKind[] | undefined;
}
