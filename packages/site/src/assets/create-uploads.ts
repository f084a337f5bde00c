import { randomUUID } from 'node:crypto';
import type { Settings } from '../config.ts';
import type { Database } from '../database.ts';
import type { UploadRules } from '../fields/upload-rules.ts';
import type { FileStorage } from '../files/file-storage.ts';
import { encodeImage, type EncodedImage } from '../files/image.ts';
import { PhotoError } from '../files/photos.ts';
import type { WorkQueue } from '../lib/work-queue.ts';
import type { PreparedAsset } from './asset.ts';
import { assetKey } from './asset-key.ts';
import { judgeFile } from './judge-file.ts';
import { safeFilename } from './safe-filename.ts';
import { unusable } from './upload-sentences.ts';
import type { Uploads } from './uploads.ts';

// Far longer than any request lives: what is swept was abandoned, never merely slow.
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

export interface UploadParts {
  readonly settings: Pick<Settings, 'assets'>;
  readonly database: Pick<Database, 'discardedFiles'>;
  readonly storage: FileStorage;
  /** The line for all pictures of this process. */
  readonly pictures: WorkQueue;
  readonly now: () => number;
}

/** Pictures by sharp, which is loaded when the first one comes; of those that move the first frame. All else as it came. */
export function createUploads({ settings, database, storage, pictures, now }: UploadParts): Uploads {
  async function encoded(file: File, rules: UploadRules): Promise<EncodedImage> {
    try {
      // The file waits on the disk; it comes into memory when it is its turn.
      return await pictures.run(async () => encodeImage(await file.bytes(), settings.assets));
    } catch (error) {
      throw error instanceof PhotoError ? unusable(file, rules, error.message, error) : error;
    }
  }

  return {
    async prepare(file, rules): Promise<PreparedAsset> {
      const { maxBytes } = settings.assets;
      const { type, extension } = await judgeFile(
        file,
        rules,
        Math.min(rules.maxBytes ?? maxBytes, maxBytes),
      );
      const image = type.kind === 'image' ? await encoded(file, rules) : undefined;
      const uid = randomUUID();
      const storageKey = assetKey(uid, extension);
      // Announced first: if this process dies now, somebody still knows that the file may be there.
      await database.discardedFiles.discard(storageKey, now() + ABANDONED_AFTER_MS);
      await storage.write(storageKey, image?.bytes ?? file);
      return {
        uid,
        volume: rules.volume,
        filename: safeFilename(file.name, extension),
        kind: type.kind,
        mediaType: type.mediaType,
        bytes: image?.bytes.length ?? file.size,
        width: image?.width ?? null,
        height: image?.height ?? null,
        storageKey,
      };
    },
  };
}
