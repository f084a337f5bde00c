import { element } from './attributes.ts';
import type { FormList, ListButton } from './form-types.ts';
import { escapeHtml } from '../lib/escape-html.ts';
import { html, raw, type SafeHtml } from './safe-html.ts';

/** The rows of a list, each with buttons to move and remove it, and a button that adds one. */
export function renderRows(
  list: FormList,
  label: string,
  renderRow: (name: string, label: string) => SafeHtml,
): SafeHtml {
  const rows = list.rows.map((row) => {
    const which = `${label} ${row.index + 1}`;
    return html`<li class="row">
      ${renderRow(row.name, which)}
      <div class="row-buttons">
        ${button(row.up, '↑', `Move ${which} up`)}${button(row.down, '↓', `Move ${which} down`)}${button(
          row.remove,
          '×',
          `Remove ${which}`,
        )}
      </div>
    </li>`;
  });
  return html`<ol class="rows">${rows}</ol>
    ${button(list.add, '+ Add', `Add to ${label}`)}`;
}

function button({ attributes }: ListButton, sign: string, says: string): SafeHtml {
  return raw(
    element(
      'button',
      { ...attributes, class: 'row-button', 'aria-label': says, title: says },
      escapeHtml(sign),
    ),
  );
}
