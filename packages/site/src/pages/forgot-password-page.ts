import type { PorticoContext } from 'portico';
import { actionInput, csrfInput, html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';
import { alerts } from './alerts.ts';
import { loginNameField } from './login-name-field.ts';
import { readPageState } from './page-state.ts';
import { moreLink, siteHref } from './site-links.ts';

/** The page at `setPasswordRequestPath`: who has forgotten the password asks for a mail. */
export function forgotPasswordPage(ctx: PorticoContext, settings: Settings): Response {
  const state = readPageState(ctx);
  const { loginPath } = settings;
  const body = html`${alerts(state)}
<p>We send you an email with a link to set a new password.</p>
<form method="post">
${csrfInput(ctx)}${actionInput('users/send-password-reset-email')}
${loginNameField(settings, {
  value: state.text('loginName'),
  errors: state.errorsOf('loginName'),
  autofocus: true,
})}
<button>Send the email</button>
</form>
${loginPath !== false && moreLink(siteHref(ctx, settings, loginPath), 'Back to signing in')}`;
  return accountPage(settings, { title: 'Forgot your password?', body });
}
