import type { PorticoContext } from 'portico';
import { html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';
import { moreLink, siteHref } from './site-links.ts';

/** The page for a link of a mail that was used already, is too old or is incomplete. Status 400. */
export function invalidTokenPage(ctx: PorticoContext, settings: Settings): Response {
  const { setPasswordRequestPath, loginPath } = settings;
  // Whoever was redirected here brings the same sentence along; it must not turn up on the next page.
  ctx.flash.get('error');
  const body = html`<p>It may have been used already, or it is too old, or your mail program cut off a part of it. A newer mail
makes the links of older ones worthless, so look for one, also among the unwanted mails. If you have just used this link, it has
done its work.</p>
${
  setPasswordRequestPath
    ? moreLink(siteHref(ctx, settings, setPasswordRequestPath), 'Ask for a new link')
    : html`<p>If not, please ask for the mail once more.</p>`
}
${loginPath !== false && moreLink(siteHref(ctx, settings, loginPath), 'Sign in')}`;
  return accountPage(settings, { title: 'This link is no longer good', body, status: 400, hasCode: true });
}
