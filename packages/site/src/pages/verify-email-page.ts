import type { PorticoContext } from 'portico';
import { actionInput, csrfInput, html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';
import { alerts } from './alerts.ts';
import { invalidTokenPage } from './invalid-token-page.ts';
import { linkCode, linkCodeInputs } from './link-code.ts';
import { readPageState } from './page-state.ts';

/**
 * The page at `verifyEmailPath`, which a link in a mail leads to. Its button confirms; showing it uses up nothing, since
 * programs that check mail open every link in it.
 */
export function verifyEmailPage(ctx: PorticoContext, settings: Settings): Response {
  const state = readPageState(ctx);
  const link = linkCode(ctx, state);
  if (link === undefined) return invalidTokenPage(ctx, settings);
  const body = html`${alerts(state)}
<p>One click, and we know that this email address is yours.</p>
<form method="post">
${csrfInput(ctx)}${actionInput('users/verify-email')}${linkCodeInputs(link)}
<button>Confirm email address</button>
</form>`;
  return accountPage(settings, { title: 'Confirm your email address', body, hasCode: true });
}
