import { html } from 'hono/html';
import { hiddenInput, type Form } from 'portico/html';
import type { Markup } from './markup.ts';

/**
 * What comes first in a form: its hidden inputs, and where it has rows a button that Enter presses instead of the first row's.
 * `hiddenInputs` of Portico does the same, but hides that button by an inline style, which our Content-Security-Policy refuses.
 */
export function hiddenInputs(form: Pick<Form<never>, 'hidden' | 'hasRows'>): Markup {
  return html`${form.hidden.map(({ name, value }) => hiddenInput(name, value))}
  ${form.hasRows && html`<button class="unseen" tabindex="-1" aria-hidden="true"></button>`}`;
}
