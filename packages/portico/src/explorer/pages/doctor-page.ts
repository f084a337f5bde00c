import { html, type SafeHtml } from '../../forms/safe-html.ts';
import type { Finding } from '../../doctor/finding.ts';

/** What the doctor says of the app, and how to ask about what stands before it. */
export function doctorPage(root: string, findings: readonly Finding[]): SafeHtml {
  const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  return html`<h1>Doctor</h1>
    <p class="lead" role="status">
      ${findings.length === 0 ? 'Nothing is wrong with the app as it runs here.' : `${count} in the app as it runs here.`}
    </p>
    ${findings.length > 0 && html`<ul class="actions findings">${findings.map((finding) => item(root, finding))}</ul>`}
    <h2>In production</h2>
    <p>What counts there alone: <code>NODE_ENV=production npx portico doctor</code></p>
    <p>What proxies do on the way: <code>npx portico doctor --url https://example.com</code></p>`;
}

function item(root: string, { id, severity, title, risk, fix, actions = [] }: Finding): SafeHtml {
  return html`<li id="${id}">
    <strong>${title}</strong>
    <span class="badge ${severity === 'error' && 'danger'}">${severity}</span>
    <p>${risk}</p>
    <p>${fix}</p>
    ${
      actions.length > 0 &&
      html`<p>${actions.map((name) => html`<a class="badge" href="${root}/actions/${encodeURIComponent(name)}">${name}</a> `)}</p>`
    }
  </li>`;
}
