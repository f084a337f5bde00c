import { html } from 'hono/html';
import type { Form } from 'portico/html';
import type { Markup } from './markup.ts';

/**
 * What is wrong with a form's input as a whole; the flash on top of the page has said already that something is. Where
 * nothing is, an empty place for `enhance()` to fill.
 */
export function errorBanner({ errors }: Pick<Form<never>, 'errors'>): Markup {
  return banner(errors.length > 0 && errors.join(' '));
}

export function banner(text: Markup | false | undefined): Markup {
  return text
    ? html`<p class="banner" role="alert" data-form-errors>${text}</p>`
    : html`<p class="banner" role="alert" data-form-errors hidden></p>`;
}
