import type { PorticoContext } from 'portico';
import { form, html, renderForm, renderInput, type SafeHtml } from 'portico/html';
import { accounts } from '../portico/accounts.ts';
import { field } from './field.ts';
import { layout } from './layout.ts';

/** GET /login, where guests are sent who ask for a page for members; they come back to it. */
export function loginPage(ctx: PorticoContext): SafeHtml {
  const { loginName } = ctx.variables; // who signed in here last, or was just refused
  const login = form(ctx, accounts.actions.users.login, {
    values: { loginName: typeof loginName === 'string' ? loginName : '' },
  });
  const password = { type: 'password', autocomplete: 'current-password', required: true };
  return layout(
    ctx,
    'Sign in',
    html`${renderForm(
      login,
      html`${field(login.field('loginName'), 'E-mail', { autocomplete: 'username', required: true })}
        ${field(login.field('password'), 'Password', password)}
        <p><label>${renderInput(login.field('rememberMe'))} Keep me signed in</label></p>
        <button>Sign in</button>`,
    )}
      <p><a href="/forgot-password">I have forgotten my password</a></p>`,
  );
}
