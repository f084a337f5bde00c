import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import {
  actionInput,
  csrfInput,
  hiddenInput,
  onceInput,
  redirectInput,
  successMessageInput,
} from 'portico/html';
import type { Markup } from './markup.ts';

export interface ActionButton {
  /** Controller style: `users/revoke-session`. */
  readonly action: string;
  readonly label: string;
  /** What is read out instead, where several buttons of a page say the same. */
  readonly name?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** The page it is posted to, which is shown again if it fails. Default: this one. */
  readonly page?: string;
  readonly redirect?: string;
  readonly successMessage?: string;
  readonly className?: string;
  /** For an action that has `once`: a second press of the button is the first. */
  readonly once?: boolean;
}

/** A form that is one button, written controller style: the action named in a field, where to go and what to say signed. */
export function actionButton(ctx: PorticoContext, button: ActionButton): Markup {
  const { action, label, name, values = {}, page, redirect, successMessage } = button;
  return html`<form method="post" ${page === undefined ? '' : html`action="${page}"`}>
    ${csrfInput(ctx)} ${actionInput(action)} ${button.once ? onceInput(ctx) : ''}
    ${redirect === undefined ? '' : redirectInput(ctx, redirect)}
    ${successMessage === undefined ? '' : successMessageInput(ctx, successMessage)}
    ${Object.entries(values).map(([key, value]) => hiddenInput(key, value))}
    <button class="${button.className ?? 'quiet-button'}" ${name === undefined ? '' : html`aria-label="${name}"`}>${label}</button>
  </form>`;
}
