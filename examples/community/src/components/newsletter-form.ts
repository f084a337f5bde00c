import { html } from 'hono/html';
import { isInputError, type PorticoContext } from 'portico';
import { form, hiddenInputs } from 'portico/html';
import { server } from '../actions/index.ts';
import { day } from './dates.ts';
import { banner } from './error-banner.ts';
import { checkbox, field } from './field.ts';
import type { Markup } from './markup.ts';

const THANKS = 'You are on the list. The next letter goes out with the next firing.';

/** The sign-up for the letter. `id` tells two of them on one page apart: each shows only what became of itself. */
export function newsletterForm(ctx: PorticoContext, id: string): Markup {
  const result = ctx.getActionResult(server.newsletter, { id });
  const error = result?.error;
  if (result && !error) return html`<p class="thanks" role="status">${THANKS}</p>`;
  const problem = isInputError(error)
    ? undefined
    : error?.code === 'TAKEN'
      ? html`This address has had the letter since ${day(error.data.since.toISOString())}.`
      : error && 'Unable to sign up. Please try again later.';
  const signUp = form(ctx, server.newsletter, { id });
  return html`<form class="newsletter" method="post" action="${server.newsletter}" id="${id}" data-live>
    ${hiddenInputs(signUp)}
    ${banner(problem)}
    ${field(signUp.field('email'), { label: 'E-mail', attributes: { autocomplete: 'email', placeholder: 'you@example.org' } })}
    ${checkbox(signUp.field('terms'), 'Send me one letter a month. I can leave at any time.', { required: true })}
    <button class="button">Sign up</button>
  </form>`;
}
