import { defineAction } from 'portico';
import { z } from 'zod';
import { assetRecord } from '../../assets/asset-record.ts';
import { removeAsset } from '../../assets/asset-rules.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';

/**
 * `POST assets/delete-asset`: deletes a file, one's own with `deleteAssets:<volume>`, another's with `deletePeerAssets:<volume>`,
 * and answers with what it was. Entries that name it lose it.
 */
export const deleteAsset = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ assetId: z.int({ error: 'Say which file: its ID.' }) }),
    model: 'asset',
    messages: { success: 'File deleted.', failure: 'Couldn’t delete file.' },
    async handler({ assetId }, ctx) {
      return {
        asset: assetRecord(await removeAsset(services, currentUser(ctx), assetId), services.settings),
      };
    },
  });
