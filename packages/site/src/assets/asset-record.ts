import type { AssetKind } from '../fields/upload-rules.ts';
import type { Asset } from './asset.ts';
import { assetUrl } from './asset-url.ts';

/** A file as pages and answers show it. */
export interface AssetRecord {
  readonly id: number;
  readonly uid: string;
  /** Handle. */
  readonly volume: string;
  /** Safe in a header, never a path. */
  readonly filename: string;
  readonly kind: AssetKind;
  readonly mediaType: string;
  readonly bytes: number;
  /** In pixels, of images. */
  readonly width: number | null;
  readonly height: number | null;
  /** A path of the host, below the app's base. */
  readonly url: string;
  /** Null for guests, server code, and users who are gone. */
  readonly uploaderId: number | null;
  readonly dateCreated: Date;
}

/** Where the storage has the file stays out of it. */
export function assetRecord(asset: Asset, settings: { readonly base: string }): AssetRecord {
  const { id, uid, volume, filename, kind, mediaType, bytes, width, height, uploaderId } = asset;
  return {
    id,
    uid,
    volume,
    filename,
    kind,
    mediaType,
    bytes,
    width,
    height,
    url: assetUrl(settings, asset),
    uploaderId,
    dateCreated: new Date(asset.createdAt),
  };
}
