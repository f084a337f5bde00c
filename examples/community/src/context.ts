import type { Accounts } from './accounts/site.ts';
import type { Database } from './data/database.ts';
import type { UploadFolder } from './uploads.ts';

// What this site adds to every ctx: handlers and pages see it typed. `ctx.user` is typed by `@portico/site`.
declare module 'portico' {
  interface PorticoLocals {
    db: Database;
    uploads: UploadFolder;
    accounts: Accounts;
    /** The explorer's, where there is one. */
    explorerPath: string | undefined;
  }
}
