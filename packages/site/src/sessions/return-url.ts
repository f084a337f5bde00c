import { returnPath, type PorticoContext } from 'portico';
import type { Settings } from '../config.ts';
import { pageUrl } from '../lib/destination.ts';
import { isFromThisSite, isNavigation } from './navigation.ts';
import { SESSION } from './session-keys.ts';

/**
 * Remembers the page a guest wanted, to go there after the login: for somebody who looks at a page, and for nothing else,
 * and only a short path of this site (CVE-2025-35939). Pages that would sign the visitor in or out again are none to return to.
 */
export function rememberReturnUrl(
  ctx: PorticoContext,
  settings: Pick<Settings, 'base' | 'loginPath' | 'logoutPath'>,
): void {
  if (!isLookedAt(ctx) || (ctx.action !== undefined && !isRefusedForm(ctx))) return;
  const { pathname, search } = ctx.url;
  const { loginPath, logoutPath } = settings;
  if ([loginPath, logoutPath].some((path) => path !== false && pathname === pageUrl(settings, path))) return;
  if (/users(?:\/|%2f|\.)log(?:in|out)/i.test(pathname + search)) return;
  const path = returnPath(ctx, pathname + search);
  if (path !== undefined) ctx.session.set(SESSION.returnUrl, path);
}

/** Where the visitor wanted to go before the login, once. */
export function takeReturnUrl(ctx: PorticoContext): string | undefined {
  const kept = ctx.session.get<string>(SESSION.returnUrl);
  if (kept === undefined) return undefined;
  ctx.session.delete(SESSION.returnUrl);
  return returnPath(ctx, kept);
}

/**
 * Whether this page is shown because a form of it was refused. Not one that another site sent: browsers leave the session's
 * cookie out of that (`SameSite`), and what is kept here would take its place.
 */
export function isRefusedForm(ctx: PorticoContext): boolean {
  const { errors, message } = ctx.variables;
  if (errors === undefined || message === undefined || !isLookedAt(ctx)) return false;
  return ctx.action === undefined || isFromThisSite(ctx);
}

function isLookedAt(ctx: PorticoContext): boolean {
  return isNavigation(ctx, true) && !ctx.isAjax && !ctx.wantsJson;
}
