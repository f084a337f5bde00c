import { html } from 'portico/html';
import type { Settings } from '../config.ts';
import { accountPage } from './account-page.ts';

/**
 * Shows a link that nobody sees again, in place: it is kept in no session, as the result of a form would be that redirects.
 * A text, not a link, so that a click does not use it up.
 */
export function oneTimeLinkPage(
  settings: Settings,
  { title, explanation, url }: { readonly title: string; readonly explanation: string; readonly url: string },
): Response {
  const body = html`<p>${explanation}</p>
<p><code>${url}</code></p>`;
  return accountPage(settings, { title, body, hasCode: true });
}
