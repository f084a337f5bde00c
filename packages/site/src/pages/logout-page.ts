import type { PorticoContext } from 'portico';
import { actionInput, csrfInput, html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';
import { alerts } from './alerts.ts';
import { readPageState } from './page-state.ts';
import { moreLink, siteHref } from './site-links.ts';

/** The page at `logoutPath` that asks whether it was meant: another site's link must not sign anybody out. */
export function logoutPage(ctx: PorticoContext, settings: Settings): Response {
  const body = html`${alerts(readPageState(ctx))}
<p>Do you want to sign out of ${settings.siteName}?</p>
<form method="post">
${csrfInput(ctx)}${actionInput('users/logout')}
<button>Sign out</button>
</form>
${moreLink(siteHref(ctx, settings, ''), 'Stay signed in')}`;
  return accountPage(settings, { title: 'Sign out', body });
}
