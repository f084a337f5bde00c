declare namespace App {
  interface Locals {
    /** Who is signed in, as `src/middleware.ts` puts it here for actions. */
    user: { name: string } | undefined;
  }
}
