import { ActionError } from 'portico';
import type { Settings } from '../config.ts';
import type { AssetKind } from '../fields/upload-rules.ts';
import type { Services } from '../services.ts';
import { forbidden } from '../users/forbidden.ts';
import { hasPermission } from '../users/permissions/permissions.ts';
import type { User } from '../users/user.ts';
import type { Asset, PreparedAsset } from './asset.ts';
import { keepPrepared } from './keep-prepared.ts';

const EVERY_KIND: readonly AssetKind[] = ['image', 'pdf', 'text', 'audio', 'video', 'archive', 'document'];

type AssetServices = Pick<Services, 'database' | 'settings' | 'uploads' | 'now'>;

/** Whether somebody may put files into a volume that belong to no content yet: `saveAssets:<volume>`. */
export function maySaveAssets(user: User, settings: Pick<Settings, 'users'>, volume: string): boolean {
  return hasPermission(user, settings, `saveAssets:${volume}`);
}

/**
 * Puts files of any kind into a volume: all of them or none. Never in the place of another. Throws 403 without
 * `saveAssets:<volume>`, also where it was taken away meanwhile, and `UploadError`.
 */
export async function storeAssets(
  { database, settings, uploads, now }: AssetServices,
  uploader: User,
  volume: string,
  files: readonly File[],
): Promise<readonly Asset[]> {
  if (!maySaveAssets(uploader, settings, volume)) throw forbidden();
  const prepared: PreparedAsset[] = [];
  for (const file of files) {
    prepared.push(await uploads.prepare(file, { label: 'this volume', volume, kinds: EVERY_KIND }));
  }
  return database.transaction(async (stores) => {
    const current = await currentSelf(stores, uploader);
    if (!maySaveAssets(current, settings, volume)) throw forbidden();
    const assets: Asset[] = [];
    for (const each of prepared) assets.push(await keepPrepared(stores, each, current.id, now()));
    return assets;
  });
}

/**
 * Deletes a file and returns what it was: one's own with `deleteAssets:<volume>`, another's with `deletePeerAssets:<volume>`.
 * Content that names it has lost it. Throws 404 and 403.
 */
export async function removeAsset(
  { database, settings, now }: Pick<AssetServices, 'database' | 'settings' | 'now'>,
  user: User,
  assetId: number,
): Promise<Asset> {
  return database.transaction(async (stores) => {
    const asset = await stores.assets.find(assetId);
    if (asset === undefined) throw new ActionError({ code: 'NOT_FOUND', message: 'There is no such file.' });
    const right = asset.uploaderId === user.id ? 'deleteAssets' : 'deletePeerAssets';
    const current = await currentSelf(stores, user);
    if (!hasPermission(current, settings, `${right}:${asset.volume}`)) throw forbidden();
    await stores.discardedFiles.discard(asset.storageKey, now());
    await stores.assets.delete(asset.id);
    return asset;
  });
}

/** Asked again: whoever began may have other rights, or be gone, by the time the files are ready. */
async function currentSelf(
  stores: Pick<Services['database'], 'users'>,
  user: Pick<User, 'id' | 'credentialsVersion'>,
): Promise<User> {
  const current = await stores.users.find(user.id);
  if (current?.credentialsVersion === user.credentialsVersion) return current;
  throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
}
