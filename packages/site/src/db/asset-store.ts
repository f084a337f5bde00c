import type { Kysely } from 'kysely';
import type { AssetStore } from '../assets/asset-store.ts';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

export function createAssetStore(_db: Kysely<Tables>, _kind: DatabaseKind): AssetStore {
  return {} as AssetStore;
}
