import type { PorticoContext } from 'portico';
import { pageUrl } from '../lib/destination.ts';
import type { Services } from '../services.ts';
import { currentUser, type CurrentUser } from '../users/current-user.ts';
import { LoginRequired } from './login-required.ts';
import { isRefusedForm, rememberReturnUrl } from './return-url.ts';

const ENDED = 'Your session has ended. Log in to go on.';

/**
 * The signed-in user, for a page that needs one. A guest is sent to the login page, and back here after the login: it throws
 * `LoginRequired`. Whose session ended before a form of this page was sent is told so there.
 */
export function requireLogin(ctx: PorticoContext, { settings }: Pick<Services, 'settings'>): CurrentUser {
  if (ctx.user !== null) {
    // Says so where the app's own `user` function gives users that are not the site's.
    currentUser(ctx);
    return ctx.user;
  }
  if (settings.loginPath === false) throw new LoginRequired(undefined);
  const location = pageUrl(settings, settings.loginPath);
  if (isRefusedForm(ctx)) ctx.flash.set('error', ENDED);
  rememberReturnUrl(ctx, settings);
  ctx.redirect(location);
  throw new LoginRequired(location);
}
