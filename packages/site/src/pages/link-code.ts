import type { PorticoContext } from 'portico';
import { hiddenInput, html, type SafeHtml } from 'portico/html';
import type { PageState } from './page-state.ts';

/** What a link in a mail brings along: the code, and the uid of the user it was sent to. */
export interface LinkCode {
  readonly code: string;
  readonly id: string;
}

/** The code of this request: as the action put it before the page, else of the URL. `undefined` for a link that is no good. */
export function linkCode(ctx: PorticoContext, state: PageState): LinkCode | undefined {
  if (/^InvalidVerificationCode$/i.test(state.text('errorCode') || state.text('message'))) return undefined;
  const code = state.text('code') || (ctx.url.searchParams.get('code') ?? '');
  const id = state.text('id') || (ctx.url.searchParams.get('id') ?? '');
  return code === '' || id === '' ? undefined : { code, id };
}

export function linkCodeInputs({ code, id }: LinkCode): SafeHtml {
  return html`${hiddenInput('code', code)}${hiddenInput('id', id)}`;
}
