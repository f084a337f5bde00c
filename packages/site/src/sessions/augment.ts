import type { CurrentUser } from '../users/current-user.ts';

// What the site adds to every context: importing `@portico/site` types it.
declare module 'portico' {
  interface PorticoUser extends CurrentUser {}

  interface PorticoContext {
    /** The signed-in user; a guest is sent to the login page and back. On actions: 401. */
    requireLogin(): CurrentUser;
    /** Whether the signed-in user has a permission; false for guests. */
    can(permission: string): boolean;
  }
}
