import { ActionError } from 'portico';
import type { Stores } from '../database.ts';
import type { Asset, PreparedAsset } from './asset.ts';

/**
 * Makes an asset of a file that `Uploads.prepare` has written; `uploaderId` null for guests and server code. To be called
 * within a transaction: if that is undone, the file is still on its way out.
 *
 * Throws 409 `CONFLICT` where the file was given up in the meantime.
 */
export async function keepPrepared(
  stores: Pick<Stores, 'assets' | 'discardedFiles'>,
  prepared: PreparedAsset,
  uploaderId: number | null,
  now: number,
): Promise<Asset> {
  if (!(await stores.discardedFiles.keep(prepared.storageKey))) throw givenUp();
  return stores.assets.insert({ ...prepared, uploaderId }, now);
}

/** For who took longer between sending a file and saving it than files are kept for. */
function givenUp(): ActionError {
  return new ActionError({
    code: 'CONFLICT',
    message: 'Saving took too long, and the file is gone again. Please send it once more.',
  });
}
