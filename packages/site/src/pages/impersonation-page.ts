import type { PorticoContext } from 'portico';
import { actionInput, csrfInput, hiddenInput, html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';

/**
 * The page that a link to impersonate leads to. Its button signs in; showing it uses up nothing. It does not say whom the
 * link is for: that would tell everybody who finds it.
 */
export function impersonationPage(ctx: PorticoContext, settings: Settings, token: string): Response {
  const body = html`<p>This link signs you in as another user, once. Whoever is signed in at this browser now is signed out.</p>
<form method="post">
${csrfInput(ctx)}${actionInput('users/impersonate-with-token')}${hiddenInput('token', token)}
<button>Sign in as this user</button>
</form>`;
  return accountPage(settings, { title: 'Sign in as another user', body, hasCode: true });
}

/** The page for a link to impersonate that was used already or is too old. Status 400. */
export function invalidImpersonationPage(settings: Settings): Response {
  const body = html`<p>It was used already, or it is too old. Ask for another one.</p>`;
  return accountPage(settings, { title: 'This link is no longer good', body, status: 400, hasCode: true });
}
