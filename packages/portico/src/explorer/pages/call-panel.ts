import { html, type SafeHtml } from '../../forms/safe-html.ts';
import type { CallDoor, CallVisitor } from '../call/call-order.ts';
import type { ActionDescription } from '../../doctor/describe/description.ts';

const DOORS: Readonly<Record<CallDoor, string>> = {
  rpc: 'Typed call (rpc)',
  page: 'Form on its page',
  path: 'Path, as HTML',
  'path-json': 'Path, as JSON',
  server: 'From server code',
};
const VISITORS: Readonly<Record<CallVisitor, string>> = {
  'same-origin': 'a page of this site',
  'cross-site': 'a page of another site',
  program: 'a program (no browser headers)',
};

/** The form of an action with what is to be known of the call: through which door, as whom, from where. */
export function callPanel(
  root: string,
  action: ActionDescription,
  form: SafeHtml,
  people: SafeHtml,
): SafeHtml {
  const isForm = action.accept !== 'json' && action.methods.includes('POST');
  const doors = Object.entries(DOORS).filter(([door]) => isForm || door !== 'page');
  return html`<section class="call" aria-labelledby="call" data-call="${action.name}">
    <h2 id="call">Call it</h2>
    <noscript><p class="notice">Calling needs JavaScript; everything else on these pages does without.</p></noscript>
    <div class="choices-of-call">
      <div class="field">
        <label for="door">Door</label>
        <select id="door" data-order="door">${options(doors)}</select>
      </div>
      <div class="field">
        <label for="user">Signed in as</label>
        <input id="user" data-order="user" list="people" placeholder="Guest" autocomplete="off">
        <datalist id="people">${people}</datalist>
      </div>
      <div class="field">
        <label for="visitor">Sent by</label>
        <select id="visitor" data-order="visitor">${options(Object.entries(VISITORS))}</select>
      </div>
    </div>
    <div data-form>${form}</div>
    <details class="whole">
      <summary>Send JSON of your own instead</summary>
      <div class="field">
        <label for="whole">The whole input, as JSON</label>
        <textarea id="whole" rows="6" spellcheck="false" class="json"></textarea>
      </div>
    </details>
    <div class="copies">
      <button type="button" data-copy="curl">Copy as curl</button>
      <button type="button" data-copy="fetch">Copy as fetch</button>
      <button type="button" data-copy="test">Copy as test</button>
      <span role="status" data-copied></span>
    </div>
    <pre data-snippet hidden tabindex="0" aria-label="Copied text"></pre>
    <div data-answer role="region" aria-label="Answer" tabindex="-1" hidden></div>
    <p class="hint">Calls run in a session of their own, never in yours. <a href="${root}/requests?name=${encodeURIComponent(action.name)}">Requests of this action</a></p>
  </section>`;
}

function options(entries: ReadonlyArray<readonly [string, string]>): SafeHtml[] {
  return entries.map(([value, label]) => html`<option value="${value}">${label}</option>`);
}
