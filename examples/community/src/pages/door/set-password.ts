import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { actionInput, csrfInput, form } from 'portico/html';
import { doorway } from '../../components/doorway.ts';
import { banner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { layout } from '../../layout.ts';
import { deadLink, linkCode } from './link-code.ts';

/** GET /setpassword?code=&id=, the link of a mail. The action `users/set-password` has it rendered; nothing is used up yet. */
export function setPasswordPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const code = linkCode(ctx);
  const isNew = ctx.variables['newUser'] === true;
  const title = isNew ? 'Choose a password' : 'Set a new password';
  return c.html(
    layout(ctx, {
      title,
      hasForms: false,
      body:
        code === undefined
          ? deadLink()
          : doorway({
              title,
              lead: isNew
                ? 'One step, and the studio is yours.'
                : 'Wherever you are signed in with the old one, you will be signed out.',
              body: passwordForm(ctx, code, isNew),
              pots: ['tall bottle', 'salt jar', 'small cup'],
            }),
    }),
  );
}

function passwordForm(ctx: PorticoContext, code: Markup, isNew: boolean): Markup {
  const { actions, services } = ctx.locals.accounts;
  const { minLength } = services.settings.password;
  const { setPassword } = actions.users;
  return html`<form class="form" method="post" action="/setpassword">
    ${csrfInput(ctx)} ${actionInput(setPassword)} ${code} ${banner(undefined)}
    ${field(form(ctx, setPassword).field('newPassword'), {
      label: isNew ? 'Password' : 'New password',
      hint: `At least ${minLength} characters. A few words in a row are easy to remember and hard to guess.`,
      attributes: { autocomplete: 'new-password', required: true, minlength: minLength },
    })}
    <button class="button">${isNew ? 'Set password' : 'Set new password'}</button>
  </form>`;
}
