import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { doorway } from '../../components/doorway.ts';
import { layout } from '../../layout.ts';
import { signOutButton } from '../../components/sign-out-button.ts';

/** GET /logout, for whoever comes by a link of another site: nobody else is to sign a visitor out. */
export function logoutPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  return c.html(
    layout(ctx, {
      title: 'Sign out',
      hasForms: false,
      body: doorway({
        title: 'Leaving?',
        lead: ctx.user ? 'A link brought you here. Do you want to sign out?' : 'You are signed out already.',
        body: ctx.user
          ? html`<div class="buttons">${signOutButton(ctx, 'button')} <a class="quiet-button" href="/">Stay</a></div>`
          : html`<p><a href="/">Back to the journal</a></p>`,
        pots: ['old crock', 'small cup', 'tall bottle'],
      }),
    }),
  );
}
