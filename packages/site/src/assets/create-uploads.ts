import type { Settings } from '../config.ts';
import type { Database } from '../database.ts';
import type { FileStorage } from '../files/file-storage.ts';
import type { Uploads } from './uploads.ts';

export interface UploadParts {
  readonly settings: Pick<Settings, 'assets'>;
  readonly database: Pick<Database, 'discardedFiles'>;
  readonly storage: FileStorage;
  readonly now: () => number;
}

export function createUploads(_parts: UploadParts): Uploads {
  return {} as Uploads;
}
