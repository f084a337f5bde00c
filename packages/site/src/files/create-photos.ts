import { randomUUID } from 'node:crypto';
import type { Settings } from '../config.ts';
import type { Database } from '../database.ts';
import type { FileStorage } from './file-storage.ts';
import { encodeImage } from './image.ts';
import { photoKey } from './photo-key.ts';
import { checkPhotoSize } from './photo-size.ts';
import type { Photos } from './photos.ts';
import type { WorkQueue } from '../lib/work-queue.ts';

// Far longer than any request lives: what is swept was abandoned, never merely slow.
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

export interface PhotoParts {
  readonly settings: Pick<Settings, 'photos'>;
  readonly database: Pick<Database, 'discardedFiles'>;
  readonly storage: FileStorage;
  /** The line for all pictures of this process. */
  readonly pictures: WorkQueue;
  readonly now: () => number;
}

/** Photos by sharp, which is loaded when the first one comes. */
export function createPhotos({ settings, database, storage, pictures, now }: PhotoParts): Photos {
  return {
    async prepare(file) {
      checkPhotoSize(file.size, settings.photos.maxBytes);
      // The file waits on the disk; it comes into memory when it is its turn.
      const image = await pictures.run(async () => encodeImage(await file.bytes(), settings.photos));
      const id = randomUUID();
      const storageKey = photoKey(id);
      if (storageKey === undefined) throw new Error(`${id} is no id of a photo.`);
      // Announced first: if this process dies now, somebody still knows that the file may be there.
      await database.discardedFiles.discard(storageKey, now() + ABANDONED_AFTER_MS);
      await storage.write(storageKey, image.bytes);
      const { mediaType, width, height } = image;
      return { id, storageKey, mediaType, width, height, bytes: image.bytes.length };
    },
  };
}
