import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs } from 'portico/html';
import { doorway } from '../../components/doorway.ts';
import { banner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import { layout } from '../../layout.ts';

/** GET /forgot-password */
export function forgotPasswordPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const reset = form(ctx, ctx.locals.accounts.actions.users.sendPasswordResetEmail, {
    values: { loginName: ctx.user?.email ?? '' },
    redirect: '/check-mail',
    successMessage: 'Your request is in.',
  });
  return c.html(
    layout(ctx, {
      title: 'Forgotten password',
      hasForms: false,
      body: doorway({
        title: 'Forgotten password',
        lead: 'It happens to everybody. We send you a link to set another one.',
        body: html`<form class="form" ${attributes(reset.attributes)}>
            ${hiddenInputs(reset)} ${banner(undefined)}
            ${field(reset.field('loginName'), {
              label: 'E-mail or username',
              attributes: {
                autocomplete: 'username',
                autocapitalize: 'none',
                spellcheck: 'false',
                required: true,
              },
            })}
            <button class="button">Send me the link</button>
          </form>
          <p class="meta more"><a href="/login">Back to signing in</a></p>`,
        pots: ['old crock', 'wide bowl', 'first jug'],
      }),
    }),
  );
}
