import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInputs } from 'portico/html';
import { userFields } from '../../accounts/user-fields.ts';
import { customFields } from '../../components/custom-field.ts';
import { doorway } from '../../components/doorway.ts';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { layout } from '../../layout.ts';

/** Tells the form of a guest who registers from those of the account pages: they are of one action. */
export const REGISTER = 'register';

/** GET /register */
export function registerPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  if (ctx.user) return c.redirect('/account', 303);
  return c.html(
    layout(ctx, {
      title: 'Join the studio',
      hasForms: false,
      description: 'Write in the journal, put pots on the shelf and pictures into the gallery.',
      body: doorway({
        title: 'Join the studio',
        lead: html`Write in the journal, put pots on the shelf, argue about glazes. Here before?
          <a href="/login">Sign in</a>.`,
        body: registerForm(ctx),
        pots: ['salt jar', 'tall bottle', 'small cup'],
      }),
    }),
  );
}

function registerForm(ctx: PorticoContext): Markup {
  const { actions, services } = ctx.locals.accounts;
  const { minLength } = services.settings.password;
  const { craft, kilnOpenings } = userFields;
  const registration = form(ctx, actions.users.saveUser, {
    id: REGISTER,
    redirect: '/check-mail',
    successMessage: 'Almost there: one mail, one click.',
    failMessage: 'You are not a member yet: see the form.',
  });
  return html`<form class="form" ${attributes(registration.attributes)}>
    ${hiddenInputs(registration)} ${errorBanner(registration)}
      ${field(registration.field('fullName'), {
        label: 'Your name',
        hint: 'It stands under what you write.',
        attributes: { autocomplete: 'name', required: true, maxlength: 255 },
      })}
      ${field(registration.field('email'), {
        label: 'E-mail',
        hint: 'We send you a link to confirm it. Nobody else gets to see it.',
        type: 'email',
        attributes: { autocomplete: 'email', required: true, maxlength: 255 },
      })}
      ${field(registration.field('password'), {
        label: 'Password',
        hint: `At least ${minLength} characters. A few words in a row are easy to remember and hard to guess.`,
        attributes: { autocomplete: 'new-password', required: true, minlength: minLength },
      })}
      ${customFields(registration, { craft, kilnOpenings })}
      <button class="button">Join</button>
  </form>`;
}
