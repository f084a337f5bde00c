import type { AssetKind } from '../fields/upload-rules.ts';

/** A file that was uploaded for content. */
export interface Asset {
  readonly id: number;
  readonly uid: string;
  /** Handle. */
  readonly volume: string;
  /** As people see and download it; safe in a header, never a path. */
  readonly filename: string;
  readonly kind: AssetKind;
  /** What its bytes were found to be. */
  readonly mediaType: string;
  readonly bytes: number;
  /** In pixels, of images. */
  readonly width: number | null;
  readonly height: number | null;
  readonly storageKey: string;
  /** Null for guests, server code, and users who are gone. */
  readonly uploaderId: number | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export type NewAsset = Omit<Asset, 'id' | 'createdAt'>;

/** A file that is written and stands on the list of discarded files, until a transaction keeps it. */
export type PreparedAsset = Omit<NewAsset, 'uploaderId'>;
