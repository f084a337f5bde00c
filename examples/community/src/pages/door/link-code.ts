import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import { hiddenInput } from 'portico/html';
import { doorway } from '../../components/doorway.ts';
import type { Markup } from '../../components/markup.ts';

/** What the link of a mail brings along, as hidden inputs; undefined where the link is no good. */
export function linkCode({ variables }: PorticoContext): Markup | undefined {
  const { code, id, errorCode } = variables;
  if (errorCode === 'InvalidVerificationCode' || typeof code !== 'string' || typeof id !== 'string') {
    return undefined;
  }
  return html`${hiddenInput('code', code)}${hiddenInput('id', id)}`;
}

/** For a link that was used already, is too old or came in half. */
export function deadLink(): Markup {
  return doorway({
    title: 'This link has cooled down',
    lead: 'It was used already, it is older than a day, or your mail program cut off a part of it. A newer mail makes older links worthless, so look whether there is one.',
    body: html`<div class="buttons">
      <a class="button" href="/forgot-password">Ask for a new link</a>
      <a class="quiet-button" href="/login">Sign in</a>
    </div>`,
    pots: ['old crock', 'small cup', 'wide bowl'],
  });
}
