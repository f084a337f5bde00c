import { ActionError, defineAction, type ActionContext } from 'portico';
import type { Settings } from '../../config.ts';
import { pageUrl } from '../../lib/destination.ts';
import type { Services } from '../../services.ts';
import { isFromThisSite, isNavigation } from '../../sessions/navigation.ts';
import { signOut } from '../../sessions/sign-in.ts';

/**
 * `POST users/logout`: ends the session, and an impersonation with it. `GET users/logout`: the same for a person who follows
 * a link of this very site, as the browser's headers prove; anybody else gets a page with a button, so that no other site, no
 * image and no prefetch logs a visitor out.
 */
export const logout = ({ settings }: Services) =>
  defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    access: 'public',
    // Whoever signed out in another tab has a page with a token of before. There is nothing left to do, and nothing to forge.
    csrf: (ctx) => (ctx.user ? undefined : 'auto'),
    redirect: settings.postLogoutRedirect,
    handler(_input, ctx) {
      if (ctx.session.userId === undefined) return {};
      if (mustConfirm(ctx)) return confirm(ctx, settings);
      signOut(ctx);
      return {};
    },
  });

function mustConfirm(ctx: ActionContext): boolean {
  if (ctx.action.door === 'server' || ctx.request.method === 'POST') return false;
  return !(isFromThisSite(ctx) && isNavigation(ctx, false));
}

function confirm(ctx: ActionContext, settings: Settings): {} {
  const { logoutPath } = settings;
  if (ctx.wantsJson || logoutPath === false) {
    throw new ActionError({
      code: 'METHOD_NOT_ALLOWED',
      message: 'Post request required',
      headers: { Allow: 'POST' },
    });
  }
  ctx.headers.set('cache-control', 'no-store');
  ctx.render(pageUrl(settings, logoutPath) + ctx.url.search);
  return {};
}
