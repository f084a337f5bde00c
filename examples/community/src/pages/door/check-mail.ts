import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs } from 'portico/html';
import { doorway } from '../../components/doorway.ts';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import { mailboxHint } from '../../components/mailbox-hint.ts';
import type { Markup } from '../../components/markup.ts';
import { layout } from '../../layout.ts';
import { REGISTER } from './register.ts';

/** GET /check-mail, where a registration and a forgotten password lead to. */
export function checkMailPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const email = registeredEmail(ctx);
  return c.html(
    layout(ctx, {
      title: 'Look into your mail',
      hasForms: false,
      body: doorway({
        title: 'Look into your mail',
        lead: html`${
          email === undefined
            ? 'If the address belongs to a member, a mail is on its way to it.'
            : html`A mail is on its way to <strong>${email}</strong>.`
        }
        Its link is good for a day, and for one use.`,
        body: html`${mailboxHint(ctx)}
          <h2>Nothing came?</h2>
          ${resendForm(ctx, email)}`,
        pots: ['first jug', 'salt jar', 'old crock'],
      }),
    }),
  );
}

/** Of the registration that led here. Known once, and then no more: it is in no address and in no cookie. */
function registeredEmail(ctx: PorticoContext): string | undefined {
  const { saveUser } = ctx.locals.accounts.actions.users;
  const result = ctx.getActionResult(saveUser, { id: REGISTER });
  return result && !result.error ? result.data.user.email : undefined;
}

function resendForm(ctx: PorticoContext, email: string | undefined): Markup {
  const { sendActivationEmail } = ctx.locals.accounts.actions.users;
  const resend = form(ctx, sendActivationEmail, {
    values: { loginName: email ?? '' },
    successMessage: 'If an account waits for it, another mail is on its way.',
  });
  return html`<form class="form" ${attributes(resend.attributes)}>
    ${hiddenInputs(resend)} ${errorBanner(resend)}
    ${field(resend.field('loginName'), {
      label: 'Your address',
      hint: 'Look among the unwanted mails first. Then let us send the link of a new account once more.',
      attributes: { autocomplete: 'email', inputmode: 'email', required: true },
    })}
    <button class="quiet-button">Send it again</button>
  </form>`;
}
