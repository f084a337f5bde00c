import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import { mailboxPath } from '../accounts/site.ts';
import type { Markup } from './markup.ts';

/** Where a mail that was just sent really is, while the site sends none. */
export function mailboxHint({ locals }: PorticoContext): Markup {
  const path = mailboxPath(locals.accounts);
  return path === undefined
    ? ''
    : html`<p class="note">This site runs for development and sends no mail. What it would send lies in the
        <a href="${path}">dev mailbox</a>.</p>`;
}
