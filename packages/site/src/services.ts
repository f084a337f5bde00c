import type { Logger } from 'portico';
import type { Uploads } from './assets/uploads.ts';
import type { Settings } from './config.ts';
import type { Content } from './content/content.ts';
import type { Database } from './database.ts';
import type { Photos } from './files/photos.ts';
import type { FileStorage } from './files/file-storage.ts';
import type { Mailer } from './mail/mailer.ts';
import type { PasswordHasher } from './users/passwords/password-hasher.ts';

/** What actions and rules work with. Made once by `site.ts`; nothing is opened before it is first used. */
export interface Services {
  readonly settings: Settings;
  /** The model of the content. */
  readonly content: Content;
  /** Epoch milliseconds. Tests set the clock. */
  readonly now: () => number;
  readonly database: Database;
  readonly passwords: PasswordHasher;
  readonly mailer: Mailer;
  readonly photos: Photos;
  /** Files that are uploaded for content. */
  readonly uploads: Uploads;
  readonly storage: FileStorage;
  readonly logger: Logger;
}
