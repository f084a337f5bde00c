import type { Kysely, Selectable } from 'kysely';
import type { AssetStore } from '../assets/asset-store.ts';
import type { Asset } from '../assets/asset.ts';
import { chunks } from './chunks.ts';
import { isId } from './row-id.ts';
import type { AssetsTable } from './content-tables.ts';
import type { Tables } from './tables.ts';

export function createAssetStore(db: Kysely<Tables>): AssetStore {
  const all = db.selectFrom('assets').selectAll('assets');

  return {
    async find(id) {
      if (!isId(id)) return undefined;
      const row = await all.where('id', '=', id).executeTakeFirst();
      return row && assetOfRow(row);
    },
    async findByUid(uid) {
      const row = await all.where('uid', '=', uid).executeTakeFirst();
      return row && assetOfRow(row);
    },
    async findMany(ids) {
      const found = new Map<number, Asset>();
      for (const some of chunks([...new Set(ids)].filter(isId)))
        for (const row of await all.where('id', 'in', some).execute()) found.set(row.id, assetOfRow(row));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    async insert(asset, now) {
      const row = await db
        .insertInto('assets')
        .values({
          uid: asset.uid,
          volume: asset.volume,
          filename: asset.filename,
          kind: asset.kind,
          media_type: asset.mediaType,
          bytes: asset.bytes,
          width: asset.width,
          height: asset.height,
          storage_key: asset.storageKey,
          uploader_id: asset.uploaderId,
          created_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return assetOfRow(row);
    },
    async delete(id) {
      await db.deleteFrom('assets').where('id', '=', id).execute();
    },
    async replaceUploader(userId, heirId) {
      await db.updateTable('assets').set({ uploader_id: heirId }).where('uploader_id', '=', userId).execute();
    },
    async listOf(uploaderId) {
      if (!isId(uploaderId)) return [];
      const rows = await all
        .where('uploader_id', '=', uploaderId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(assetOfRow);
    },
  };
}

function assetOfRow(row: Selectable<AssetsTable>): Asset {
  return {
    id: row.id,
    uid: row.uid,
    volume: row.volume,
    filename: row.filename,
    kind: row.kind,
    mediaType: row.media_type,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    storageKey: row.storage_key,
    uploaderId: row.uploader_id,
    createdAt: row.created_at,
  };
}
