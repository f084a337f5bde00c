import { html, type SafeHtml } from '../../forms/safe-html.ts';
import type { ActionDescription, FieldDescription } from '../../doctor/describe/description.ts';
import { callPanel } from './call-panel.ts';

/** What is known of one action, and a form to call it. */
export function actionPage(
  root: string,
  action: ActionDescription,
  form: SafeHtml,
  people: SafeHtml,
): SafeHtml {
  const { name, description, fields, output, errors } = action;
  return html`<p class="crumbs"><a href="${root}">Actions</a></p>
    <h1>${name}</h1>
    ${description !== undefined && html`<p class="lead">${description}</p>`}
    <div class="columns">
      <div>
        ${facts(action)}
        <section aria-labelledby="input">
          <h2 id="input">Input</h2>
          ${fields.length === 0 ? html`<p>${action.input === 'object' ? 'Nothing.' : `One value: ${action.input}.`}</p>` : fieldTable(fields)}
        </section>
        <section aria-labelledby="output">
          <h2 id="output">Output</h2>
          ${output === undefined ? html`<p>What the handler returns; the action has no output schema.</p>` : html`<pre tabindex="0">${output}</pre>`}
        </section>
        ${
          errors.length > 0 &&
          html`<section aria-labelledby="errors">
            <h2 id="errors">Errors of its own</h2>
            <dl class="facts">
              ${errors.map(({ code, status, message }) => html`<dt><code>${code}</code></dt><dd>${status} ${message}</dd>`)}
            </dl>
          </section>`
        }
      </div>
      ${callPanel(root, action, form, people)}
    </div>`;
}

function facts(action: ActionDescription): SafeHtml {
  const { doors, accept, access, csrf, limits, once, destructive, body, redirect } = action;
  const sizes = `${inUnits(body.maxBytes)} of text, ${body.maxFiles} files of ${inUnits(body.maxFileBytes)}`;
  const rows: ReadonlyArray<readonly [string, unknown]> = [
    ['Takes', accept === 'any' ? 'JSON and forms' : accept === 'form' ? 'forms' : 'JSON'],
    [
      'Access',
      access === 'public' ? 'everybody' : access === 'user' ? 'signed-in users' : 'a rule of its own',
    ],
    ['Forgery check', csrf === 'own' ? 'a choice of its own' : csrf],
    [
      'Limits',
      limits.length > 0 &&
        limits.map(
          ({ points, seconds, by }) =>
            html`<p>${points} in ${seconds} s by ${by === 'ip' ? 'address' : 'a key of the input'}</p>`,
        ),
    ],
    ['Body', sizes],
    [
      'Once',
      once !== false &&
        (once === 'required'
          ? 'asks for an id of the submission'
          : 'repeats are answered with the first outcome'),
    ],
    ['Destructive', destructive && 'it deletes or overwrites for good'],
    ['Redirect', redirect !== undefined && html`<code>${redirect}</code>`],
  ];
  return html`<section aria-labelledby="doors">
    <h2 id="doors">Doors</h2>
    <ul class="doors">
      ${doors.map(
        ({ door, method, target }) =>
          html`<li><span class="badge">${door}</span> <span class="badge method-${method.toLowerCase()}">${method}</span> <code>${target}</code></li>`,
      )}
    </ul>
    <dl class="facts">
      ${rows.map(([term, value]) => value !== false && html`<dt>${term}</dt><dd>${value}</dd>`)}
    </dl>
  </section>`;
}

function fieldTable(fields: readonly FieldDescription[]): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Fields of the input">
    <table>
      <thead>
        <tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Rules</th></tr>
      </thead>
      <tbody>
        ${fields.map(
          (field) =>
            html`<tr>
              <th scope="row"><code>${field.name}</code></th>
              <td>${field.type}${field.nullable && ' or null'}</td>
              <td>${rulesOf(field)}${field.description !== undefined && html`<p class="hint">${field.description}</p>`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function rulesOf({ required, secret, constraints, default: initial }: FieldDescription): string {
  return [
    required ? 'required' : 'optional',
    ...(secret ? ['secret'] : []),
    ...constraints,
    ...(initial === undefined ? [] : [`default ${initial}`]),
  ].join(', ');
}

function inUnits(bytes: number): string {
  if (bytes >= 1_048_576) return `${Math.round(bytes / 104_857.6) / 10} MiB`;
  return bytes >= 1024 ? `${Math.round(bytes / 102.4) / 10} KiB` : `${bytes} bytes`;
}
