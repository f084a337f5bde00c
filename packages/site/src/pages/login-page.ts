import type { PorticoContext } from 'portico';
import { actionInput, csrfInput, html, input } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';
import { ALERT_ID, alerts } from './alerts.ts';
import { loginNameField } from './login-name-field.ts';
import { readPageState, type PageState } from './page-state.ts';
import { moreLink, siteHref } from './site-links.ts';
import { textField } from './text-field.ts';

/** The page at `loginPath`, where the app has none. */
export function loginPage(ctx: PorticoContext, settings: Settings): Response {
  const state = readPageState(ctx);
  const loginName = state.text('loginName');
  const nameErrors = state.errorsOf('loginName');
  const passwordErrors = state.errorsOf('password');
  // Which of the two was wrong is not told, so the message above describes both.
  const isBlank = nameErrors.length > 0 || passwordErrors.length > 0;
  const isRefused = !isBlank && ctx.variables['errorCode'] === 'invalid_credentials';
  const describedBy = isRefused ? ALERT_ID : undefined;
  const startsAtName = nameErrors.length > 0 || loginName === '';
  const body = html`${alerts(state)}
${isRefused && settings.preventUserEnumeration && otherReasons(settings)}
<form method="post">
${csrfInput(ctx)}${actionInput('users/login')}
${loginNameField(settings, {
  value: loginName,
  errors: nameErrors,
  describedBy,
  autofocus: startsAtName,
})}
${textField({
  name: 'password',
  label: 'Password',
  type: 'password',
  errors: passwordErrors,
  describedBy,
  attributes: { autocomplete: 'current-password', autofocus: !startsAtName },
})}
${settings.rememberedUserSessionDuration > 0 && rememberMe(state)}
<button>Sign in</button>
</form>
${forgotLink(ctx, settings)}`;
  return accountPage(settings, { title: 'Sign in', body });
}

/**
 * With `preventUserEnumeration` an account that waits for its activation or is locked is refused by the same words as a wrong
 * password. Whoever has the right one would try on in vain: so everybody is told what else it may be.
 */
function otherReasons({ maxInvalidLogins, cooldownDuration }: Settings): unknown {
  const pause = cooldownDuration > 0 ? 'for a while' : 'until somebody unlocks it';
  const isLocking = maxInvalidLogins !== false;
  return html`<p class="hint">If both are right: a new account first needs the link in the newest mail we sent${
    isLocking && `, and too many wrong passwords lock an account ${pause}`
  }.</p>`;
}

function rememberMe(state: PageState): unknown {
  const isChecked = [true, '1', 'on', 'true', 1].some((value) => value === state.value('rememberMe'));
  return html`<label class="check">${input('checkbox', 'rememberMe', '1', { checked: isChecked })}Keep me signed in</label>`;
}

function forgotLink(ctx: PorticoContext, settings: Settings): unknown {
  const { setPasswordRequestPath } = settings;
  return (
    setPasswordRequestPath &&
    moreLink(siteHref(ctx, settings, setPasswordRequestPath), 'Forgot your password?')
  );
}
