import type { PorticoContext } from 'portico';
import { form, html, renderForm, type SafeHtml } from 'portico/html';
import { accounts } from '../portico/accounts.ts';
import { field } from './field.ts';
import { layout } from './layout.ts';

/** GET /register */
export function registerPage(ctx: PorticoContext): SafeHtml {
  const registration = form(ctx, accounts.actions.users.saveUser, {
    redirect: '/login',
    successMessage: 'Look into your mail: its link opens your account.',
    failMessage: 'Please look at the form once more.',
  });
  const email = { type: 'email', autocomplete: 'email', required: true };
  const password = { type: 'password', autocomplete: 'new-password', required: true };
  return layout(
    ctx,
    'Register',
    renderForm(
      registration,
      html`${field(registration.field('email'), 'E-mail', email)}
        ${field(registration.field('password'), 'Password', password)}
        <button>Register</button>`,
    ),
  );
}
