import { html } from 'hono/html';
import type { Form } from 'portico/html';
import type { Markup } from './markup.ts';

/** What is wrong with a form as a whole. The place is there when nothing is, for `enhance()` to fill. */
export function errorBanner(form: Pick<Form<never>, 'message' | 'errors'>): Markup {
  const text = form.errors.length > 0 ? form.errors.join(' ') : form.message;
  return text === undefined
    ? html`<p class="banner" role="alert" data-form-errors hidden></p>`
    : html`<p class="banner" role="alert" data-form-errors>${text}</p>`;
}
