import type { PorticoContext } from 'portico';
import { actionInput, csrfInput, html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';
import { alerts } from './alerts.ts';
import { invalidTokenPage } from './invalid-token-page.ts';
import { linkCode, linkCodeInputs } from './link-code.ts';
import { readPageState } from './page-state.ts';
import { textField } from './text-field.ts';

/** The page at `setPasswordPath`, which a link in a mail leads to. Showing it uses up nothing. */
export function setPasswordPage(ctx: PorticoContext, settings: Settings): Response {
  const state = readPageState(ctx);
  const link = linkCode(ctx, state);
  if (link === undefined) return invalidTokenPage(ctx, settings);
  const { minLength } = settings.password;
  const isNewUser = ctx.variables['newUser'] === true;
  const body = html`${alerts(state)}
<form method="post">
${csrfInput(ctx)}${actionInput('users/set-password')}${linkCodeInputs(link)}
${textField({
  name: 'newPassword',
  label: isNewUser ? 'Password' : 'New password',
  type: 'password',
  hint: `At least ${minLength} characters. A few words in a row are easy to remember and hard to guess.`,
  errors: state.errorsOf('newPassword'),
  // No `maxlength`: it would cut off a pasted password without a word.
  attributes: { autocomplete: 'new-password', minlength: minLength, autofocus: true },
})}
<button>${isNewUser ? 'Set password' : 'Set new password'}</button>
</form>`;
  return accountPage(settings, {
    title: isNewUser ? 'Choose a password' : 'Set a new password',
    body,
    hasCode: true,
  });
}
