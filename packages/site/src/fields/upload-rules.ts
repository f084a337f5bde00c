/** What a file is, as its bytes say. */
export type AssetKind = 'image' | 'pdf' | 'text' | 'audio' | 'video' | 'archive' | 'document';

/** What a field asks of the files that are posted to it. */
export interface UploadRules {
  /** How messages call the field. */
  readonly label: string;
  /** Handle of the volume that the files go to. */
  readonly volume: string;
  /** Default: images only. */
  readonly kinds: readonly AssetKind[];
  /** Bytes of one file; never more than the site's `assets.maxBytes`. */
  readonly maxBytes?: number | undefined;
}
