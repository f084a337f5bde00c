import type { Database } from './data/database.ts';
import type { Member } from './data/members.ts';
import type { UploadFolder } from './uploads.ts';

// What this site adds to every ctx: handlers and pages see it typed.
declare module 'portico' {
  interface PorticoUser extends Member {}
  interface PorticoLocals {
    db: Database;
    uploads: UploadFolder;
  }
}
