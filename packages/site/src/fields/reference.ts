import type { AssetKind } from './upload-rules.ts';

/** Another element that a value names. Categories and tags are entries of sections of their own. */
export interface Reference {
  readonly kind: 'entry' | 'user' | 'asset';
  readonly id: number;
  /** Where in the value: '' for a plain list of ids, `entries.0.fields.image` deeper within. */
  readonly path: string;
  readonly allowed: AllowedReferences;
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
