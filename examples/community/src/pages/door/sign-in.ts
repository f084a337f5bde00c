import type { Context } from 'hono';
import { returnPath } from 'portico';
import type { PorticoEnv } from 'portico/hono';

/**
 * GET /sign-in?next=: asks for a login, and leads to `next`. A guest is sent to the login page and comes back here, since
 * `requireLogin` remembers the page it was called on.
 */
export function signInPage(c: Context<PorticoEnv>): Response {
  const ctx = c.var.portico;
  ctx.requireLogin();
  return c.redirect(returnPath(ctx, c.req.query('next')) ?? '/', 303);
}
