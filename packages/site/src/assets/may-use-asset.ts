import type { Settings } from '../config.ts';
import { hasPermission } from '../users/permissions/permissions.ts';
import type { User } from '../users/user.ts';
import type { Asset } from './asset.ts';

/** Who wants to put a file into content: somebody who is signed in, a guest (null), or server code, which is trusted. */
export interface AssetUser {
  readonly user: User | null;
  readonly trusted: boolean;
}

/**
 * Whether one may name a file by its id in content of one's own: whoever sent it, and whoever may see the files that others
 * sent to its volume. A guest has no files.
 */
export function mayUseAsset(
  { user, trusted }: AssetUser,
  asset: Pick<Asset, 'uploaderId' | 'volume'>,
  settings: Pick<Settings, 'users'>,
): boolean {
  if (trusted) return true;
  if (user === null) return false;
  return asset.uploaderId === user.id || hasPermission(user, settings, `viewPeerAssets:${asset.volume}`);
}
