import type { PorticoContext } from 'portico';
import { html, type SafeHtml } from 'portico/html';
import type { Settings } from '../config.ts';
import { pagePath } from './page-path.ts';

/**
 * The address of a page of the site, for links on a fallback page. What stands before the fallback page's own path in the
 * URL is where the site is mounted.
 */
export function siteHref(ctx: Pick<PorticoContext, 'url'>, settings: Settings, path: string): string {
  const here = ctx.url.pathname.replace(/\/$/, '');
  const own = ownPaths(settings).find((candidate) => here.endsWith(candidate)) ?? here;
  return here.slice(0, here.length - own.length) + (pagePath(path) ?? '/');
}

/** A line with a link below the form. */
export function moreLink(href: string, text: string): SafeHtml {
  return html`<p class="more"><a href="${href}">${text}</a></p>`;
}

function ownPaths(settings: Settings): readonly string[] {
  const { loginPath, logoutPath, setPasswordPath, verifyEmailPath } = settings;
  const { setPasswordRequestPath, invalidUserTokenPath } = settings;
  return [
    loginPath,
    logoutPath,
    setPasswordPath,
    verifyEmailPath,
    setPasswordRequestPath,
    invalidUserTokenPath,
  ].flatMap((path) => pagePath(path) ?? []);
}
