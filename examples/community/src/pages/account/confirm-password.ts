import type { Context } from 'hono';
import { html } from 'hono/html';
import { returnPath } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs } from 'portico/html';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import { accountOwner, room } from './room.ts';

/** GET /account/confirm-password?next=: for what takes an elevated session, such as signing in as somebody else. */
export function confirmPasswordPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  // Checked here, then signed: the action goes where the page says, and nobody else can say so.
  const next = returnPath(ctx, c.req.query('next')) ?? '/account';
  const confirmation = form(ctx, ctx.locals.accounts.actions.users.verifyPassword, {
    redirect: next,
    successMessage: 'Thank you. For the next minutes we ask no more.',
  });
  return c.html(
    room(ctx, user, {
      title: 'Is it you?',
      lead: 'What you are about to do takes your password once more.',
      body: html`<form class="form" ${attributes(confirmation.attributes)}>
    ${hiddenInputs(confirmation)} ${errorBanner(confirmation)}
          ${field(confirmation.field('password'), {
            label: 'Password',
            attributes: { autocomplete: 'current-password', required: true },
          })}
          <div class="buttons">
            <button class="button">Go on</button> <a class="quiet-button" href="${next}">Leave it</a>
          </div>
  </form>`,
    }),
  );
}
