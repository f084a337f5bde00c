import type { Asset, NewAsset } from './asset.ts';

export interface AssetStore {
  find(id: number): Promise<Asset | undefined>;
  findByUid(uid: string): Promise<Asset | undefined>;
  /** In the order of the ids; those that are not there are left out. */
  findMany(ids: readonly number[]): Promise<readonly Asset[]>;
  insert(asset: NewAsset, now: number): Promise<Asset>;
  /** Its file must be put on the list of discarded files with it. */
  delete(id: number): Promise<void>;
  /** Makes `heirId` the uploader of what `userId` uploaded. */
  replaceUploader(userId: number, heirId: number): Promise<void>;
  /** Newest first. */
  listOf(uploaderId: number): Promise<readonly Asset[]>;
}
