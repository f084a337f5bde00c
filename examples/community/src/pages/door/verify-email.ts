import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { actionInput, csrfInput } from 'portico/html';
import { doorway } from '../../components/doorway.ts';
import { banner } from '../../components/error-banner.ts';
import { layout } from '../../layout.ts';
import { deadLink, linkCode } from './link-code.ts';

/**
 * GET /verifyemail?code=&id=, the link of a mail. A button confirms, since programs that check mail open every link in it and
 * must use nothing up.
 */
export function verifyEmailPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const code = linkCode(ctx);
  return c.html(
    layout(ctx, {
      title: 'Confirm your address',
      hasForms: false,
      body:
        code === undefined
          ? deadLink()
          : doorway({
              title: 'Confirm your address',
              lead: 'You found the mail, so it is yours. One click, and we know it, too.',
              body: html`<form class="form" method="post" action="/verifyemail">
                ${csrfInput(ctx)} ${actionInput('users/verify-email')} ${code} ${banner(undefined)}
                <button class="button">Yes, this is my address</button>
              </form>`,
              pots: ['first jug', 'wide bowl', 'small cup'],
            }),
    }),
  );
}
