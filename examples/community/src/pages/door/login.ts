import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { actionInput, csrfInput, form, input } from 'portico/html';
import { banner } from '../../components/error-banner.ts';
import { doorway } from '../../components/doorway.ts';
import { field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { layout } from '../../layout.ts';

/** GET /login. The action `users/login` has it rendered, with the name of who signed in here last. */
export function loginPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  return c.html(
    layout(ctx, {
      title: 'Sign in',
      hasForms: false,
      body: doorway({
        title: 'Sign in',
        lead: html`The kettle is on. New here? <a href="/register">Join the studio</a>.`,
        body: html`${loginForm(ctx)}
          <p class="meta more"><a href="/forgot-password">I have forgotten my password</a></p>
          <p class="meta more">Just joined? The link in our mail opens your account. Too many wrong passwords close it for
            a few minutes.</p>`,
        pots: ['small cup', 'first jug', 'wide bowl'],
      }),
    }),
  );
}

/**
 * Controller style, since the action has this very path; the fields are described by `form()` all the same. Where to go is the
 * page that asked for the login, else the setting `postLoginRedirect`.
 */
function loginForm(ctx: PorticoContext): Markup {
  const { variables } = ctx;
  const { login } = ctx.locals.accounts.actions.users;
  const { loginName } = variables;
  const { field: of } = form(ctx, login, {
    values: { loginName: typeof loginName === 'string' ? loginName : '' },
  });
  const isRemembered = [true, '1', 'on'].some((value) => value === variables['rememberMe']);
  return html`<form class="form" method="post" action="/login">
    ${csrfInput(ctx)} ${actionInput(login)} ${banner(undefined)}
    ${field(of('loginName'), {
      label: 'E-mail or username',
      attributes: { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true },
    })}
    ${field(of('password'), {
      label: 'Password',
      attributes: { autocomplete: 'current-password', required: true },
    })}
    <div class="check">
      ${input('checkbox', 'rememberMe', '1', { id: 'remember-me', checked: isRemembered })}
      <label for="remember-me">Keep me signed in for two weeks</label>
    </div>
    <button class="button">Sign in</button>
  </form>`;
}
