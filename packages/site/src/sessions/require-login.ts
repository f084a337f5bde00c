import type { PorticoContext } from 'portico';
import type { Services } from '../services.ts';
import { currentUser, type CurrentUser } from '../users/current-user.ts';
import { LoginRequired } from './login-required.ts';
import { rememberReturnUrl } from './return-url.ts';

/**
 * The signed-in user, for a page that needs one. A guest is sent to the login page, and back here after the login: it throws
 * `LoginRequired`.
 */
export function requireLogin(ctx: PorticoContext, { settings }: Pick<Services, 'settings'>): CurrentUser {
  if (ctx.user !== null) {
    // Says so where the app's own `user` function gives users that are not the site's.
    currentUser(ctx);
    return ctx.user;
  }
  if (settings.loginPath === false) throw new LoginRequired(undefined);
  const location = `/${settings.loginPath}`;
  rememberReturnUrl(ctx, settings);
  ctx.redirect(location);
  throw new LoginRequired(location);
}
