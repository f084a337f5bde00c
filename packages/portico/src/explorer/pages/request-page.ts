import type { ObservedRequest } from '../../define/observed-request.ts';
import { html, type SafeHtml } from '../../forms/safe-html.ts';

/** One request: what was sent, without secrets, and what came of it. `isKnown`: the action is there to be called again. */
export function requestPage(root: string, seen: ObservedRequest, isKnown: boolean): SafeHtml {
  const { action, error, input } = seen;
  const rows: ReadonlyArray<readonly [string, unknown]> = [
    ['At', html`<time>${new Date(seen.at).toISOString()}</time>`],
    ['Request', html`<code>${seen.method} ${seen.path}</code>`],
    ['Door', seen.door],
    ['User', seen.userId ?? 'guest'],
    ['Outcome', `${seen.outcome}, status ${seen.status}, in ${seen.milliseconds} ms`],
    ['Error', error ? html`<code>${error.code}</code> ${error.message}` : false],
    ['Request id', html`<code>${seen.requestId}</code>`],
  ];
  return html`<p class="crumbs"><a href="${root}/requests">Requests</a></p>
    <h1>${action || '(no name)'}</h1>
    <dl class="facts">${rows.map(([term, value]) => value !== false && html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
    ${
      isKnown &&
      html`<p><a class="button" href="${root}/actions/${encodeURIComponent(action)}?request=${seen.requestId}">Open in form</a></p>`
    }
    ${
      error &&
      Object.keys(error.fields).length > 0 &&
      html`<h2>Errors by field</h2>
        <dl class="facts">
          ${Object.entries(error.fields).map(([field, messages]) => html`<dt><code>${field}</code></dt><dd>${messages.join(' ')}</dd>`)}
        </dl>`
    }
    <h2>Input</h2>
    ${
      input === undefined
        ? html`<p>Nothing was read of the body.</p>`
        : html`<dl class="facts">
            ${input.fields.map(([field, value]) => html`<dt><code>${field}</code></dt><dd><pre>${value}</pre></dd>`)}
            ${input.files.map(({ field, name, size }) => html`<dt><code>${field}</code></dt><dd>file ${name}, ${size} bytes</dd>`)}
            ${input.withheld.map((field) => html`<dt><code>${field}</code></dt><dd>withheld, as it is secret</dd>`)}
          </dl>`
    }`;
}
