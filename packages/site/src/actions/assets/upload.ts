import { ActionError, defineAction, type LimitOptions, type PorticoContext } from 'portico';
import { z } from 'zod';
import { assetRecord } from '../../assets/asset-record.ts';
import { maySaveAssets, storeAssets } from '../../assets/asset-rules.ts';
import { UploadError } from '../../assets/uploads.ts';
import type { Settings } from '../../config.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { mustBe } from '../parts/must-be.ts';

const MAX_FILES = 10;
const FILES = mustBe(`files, up to ${MAX_FILES}`);

/**
 * `POST assets/upload`: puts files into a volume, for scripts that send them before the content they are for. Takes
 * `saveAssets:<volume>`, which nobody needs who sends a file in a field of an entry.
 */
export const upload = (services: Services) =>
  defineAction({
    accept: 'form',
    once: true,
    access: (ctx) => maySaveAnywhere(ctx, services.settings),
    input: z.object({
      volume: z.string({ error: 'Say where the files go: the handle of a volume.' }),
      files: z.array(z.file(FILES), FILES).min(1, { error: 'Choose a file.' }).max(MAX_FILES, FILES),
    }),
    limit: uploadLimits(services.settings),
    body: { maxFileBytes: services.settings.assets.maxBytes, maxFiles: MAX_FILES },
    messages: { success: 'Files uploaded.', failure: 'Couldn’t upload files.' },
    async handler({ volume, files }, ctx) {
      const { settings } = services;
      if (!Object.hasOwn(settings.assets.volumes, volume)) {
        throw inputErrors({ volume: 'There is no such volume.' });
      }
      try {
        const assets = await storeAssets(services, currentUser(ctx), volume, files);
        return { assets: assets.map((asset) => assetRecord(asset, settings)) };
      } catch (error) {
        throw error instanceof UploadError ? inputErrors({ files: error.message }) : error;
      }
    },
  });

/** Before a byte of a file is read. */
function maySaveAnywhere(ctx: PorticoContext, settings: Settings): boolean {
  if (ctx.user === null) throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
  const user = currentUser(ctx);
  return Object.keys(settings.assets.volumes).some((volume) => maySaveAssets(user, settings, volume));
}

function uploadLimits({ limits }: Pick<Settings, 'limits'>): readonly LimitOptions[] {
  if (limits.uploads === false) return [];
  return [
    { ...limits.uploads, by: 'ip' },
    { ...limits.uploads, by: (ctx) => `user:${currentUser(ctx).id}` },
  ];
}
