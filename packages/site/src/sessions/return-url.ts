import { returnPath, type PorticoContext } from 'portico';
import type { Settings } from '../config.ts';
import { isNavigation } from './navigation.ts';
import { SESSION } from './session-keys.ts';

/**
 * Remembers the page a guest wanted, to go there after the login: for somebody who looks at a page, and for nothing else,
 * and only a short path of this site (CVE-2025-35939). Pages that would sign the visitor in or out again are none to return to.
 */
export function rememberReturnUrl(
  ctx: PorticoContext,
  { loginPath, logoutPath }: Pick<Settings, 'loginPath' | 'logoutPath'>,
): void {
  if (ctx.action !== undefined || !isNavigation(ctx, true) || ctx.isAjax || ctx.wantsJson) return;
  const { pathname, search } = ctx.url;
  if (pathname === `/${loginPath}` || pathname === `/${logoutPath}`) return;
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
