import { html, type SafeHtml } from 'portico/html';
import type { PageState } from './page-state.ts';

/** The id of the error above a form, for fields that it describes. */
export const ALERT_ID = 'alert';

/** What went wrong and what went well, above the form. Screen readers say an error at once (ARIA: `alert`). */
export function alerts({ error, notice }: Pick<PageState, 'error' | 'notice'>): SafeHtml {
  return html`${error !== undefined && html`<p id="${ALERT_ID}" class="alert bad" role="alert">${error}</p>`}${
    notice !== undefined && html`<p class="alert good" role="status">${notice}</p>`
  }`;
}
