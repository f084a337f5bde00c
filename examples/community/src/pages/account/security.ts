import type { Context } from 'hono';
import { html } from 'hono/html';
import type { CurrentUser } from '@portico/site';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInput, hiddenInputs } from 'portico/html';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import { mailboxHint } from '../../components/mailbox-hint.ts';
import type { Markup } from '../../components/markup.ts';
import { accountOwner, room } from './room.ts';

const HERE = '/account/security';

/** GET /account/security: two forms of one action, told apart by their ids. */
export async function securityPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  const record = await ctx.locals.accounts.queries.users.find(user.id);
  return c.html(
    room(ctx, user, {
      title: 'Password and e-mail',
      lead: 'For both we ask for the password you have now.',
      body: html`<section aria-labelledby="password-title">
          <h2 id="password-title">Password</h2>
          ${passwordForm(ctx, user)}
        </section>
        <section aria-labelledby="email-title">
          <h2 id="email-title">E-mail</h2>
          ${emailForm(ctx, user, record?.unverifiedEmail ?? undefined)}
        </section>`,
    }),
  );
}

function passwordForm(ctx: PorticoContext, user: CurrentUser): Markup {
  const { actions, services } = ctx.locals.accounts;
  const { minLength } = services.settings.password;
  const password = form(ctx, actions.users.saveUser, {
    id: 'password',
    redirect: HERE,
    successMessage: 'Your password is changed. You are signed out everywhere else.',
    failMessage: 'Your password is still the old one: see the form.',
  });
  return html`<form class="form" ${attributes(password.attributes)}>
    ${hiddenInputs(password)} ${hiddenInput('userId', user.id)} ${errorBanner(password)}
      ${field(password.field('currentPassword'), {
        label: 'Password you have now',
        attributes: { autocomplete: 'current-password', required: true },
      })}
      ${field(password.field('newPassword'), {
        label: 'New password',
        hint: `At least ${minLength} characters. You will be signed out everywhere else.`,
        attributes: { autocomplete: 'new-password', required: true, minlength: minLength },
      })}
      <button class="button">Change the password</button>
  </form>`;
}

function emailForm(ctx: PorticoContext, user: CurrentUser, waits: string | undefined): Markup {
  const email = form(ctx, ctx.locals.accounts.actions.users.saveUser, {
    id: 'email',
    redirect: HERE,
    successMessage:
      'Look into your mail: the new address counts as soon as you follow the link we sent to it.',
    failMessage: 'Your address is still the old one: see the form.',
  });
  return html`<p>You sign in with <strong>${user.email}</strong>.</p>
    ${
      waits === undefined
        ? ''
        : html`<p class="note"><strong>${waits}</strong> waits for the link that we sent there.</p>
          ${mailboxHint(ctx)}`
    }
    <form class="form" ${attributes(email.attributes)}>
    ${hiddenInputs(email)} ${hiddenInput('userId', user.id)} ${askForMail()} ${errorBanner(email)}
        ${field(email.field('email'), {
          label: 'New e-mail address',
          type: 'email',
          attributes: { autocomplete: 'email', required: true, maxlength: 255 },
        })}
        ${field(email.field('currentPassword'), {
          label: 'Password you have now',
          attributes: { autocomplete: 'current-password', required: true },
        })}
        <button class="button">Change the address</button>
  </form>`;
}

/** Without it the new address of an administrator counts at once. */
function askForMail(): Markup {
  return hiddenInput('sendVerificationEmail', '1');
}
