import type { ObservedRequest } from '../../define/observed-request.ts';
import { html, type SafeHtml } from '../../forms/safe-html.ts';

const OUTCOMES: ReadonlyArray<ObservedRequest['outcome']> = [
  'success',
  'error',
  'response',
  'edited',
  'none',
];

/** The last requests, newest first. */
export function requestsPage(
  root: string,
  seen: readonly ObservedRequest[],
  filter: { readonly action: string; readonly outcome: string },
): SafeHtml {
  return html`<h1>Requests</h1>
    <form class="filter" method="get" action="${root}/requests">
      <div class="field">
        <label for="name">Action</label>
        <input id="name" name="name" value="${filter.action}" autocomplete="off">
      </div>
      <div class="field">
        <label for="outcome">Outcome</label>
        <select id="outcome" name="outcome">
          <option value="">all</option>
          ${OUTCOMES.map((outcome) => html`<option value="${outcome}" ${outcome === filter.outcome && html`selected`}>${outcome}</option>`)}
        </select>
      </div>
      <button type="submit">Filter</button>
    </form>
    <div data-live>${seen.length === 0 ? html`<p>None yet. The last ones show up here by themselves.</p>` : table(root, seen)}</div>`;
}

function table(root: string, seen: readonly ObservedRequest[]): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Requests">
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th><th scope="col">Action</th><th scope="col">Door</th><th scope="col">Outcome</th>
          <th scope="col">Status</th><th scope="col">User</th><th scope="col">ms</th>
        </tr>
      </thead>
      <tbody>
        ${seen.map(
          (one) =>
            html`<tr>
              <td><time datetime="${new Date(one.at).toISOString()}">${clock(one.at)}</time></td>
              <th scope="row"><a href="${root}/requests/${one.requestId}">${one.action || '(no name)'}</a></th>
              <td>${one.door}</td>
              <td><span class="badge outcome-${one.outcome}">${one.error?.code ?? one.outcome}</span></td>
              <td>${one.status}</td>
              <td>${one.userId ?? 'guest'}</td>
              <td>${one.milliseconds}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
