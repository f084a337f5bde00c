import type { ActionDescription } from '../../doctor/describe/description.ts';
import { html, type SafeHtml } from '../../forms/safe-html.ts';

/** Every action, by namespace; with a query those whose name, description or URLs hold each of its words. */
export function homePage(root: string, actions: readonly ActionDescription[], query: string): SafeHtml {
  const found = actions.filter((action) => matches(action, query));
  const groups = Map.groupBy(found, ({ name }) => name.split('.').slice(0, -1).join('.'));
  const count = `${found.length} ${found.length === 1 ? 'action' : 'actions'}`;
  return html`<h1>Actions</h1>
    <p class="lead" id="count" role="status">
      ${query === '' ? count : html`${count} for “${query}”. <a href="${root}">Show all</a>`}
    </p>
    ${[...groups]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(
        ([namespace, members]) =>
          html`<section class="group-of-actions">
          <h2>${namespace === '' ? 'Top level' : namespace}</h2>
          <ul class="actions">
            ${members.map((action) => item(root, action))}
          </ul>
        </section>`,
      )}`;
}

function item(root: string, action: ActionDescription): SafeHtml {
  const { name, description, methods, access, destructive } = action;
  return html`<li data-search="${haystack(action)}">
    <a href="${root}/actions/${encodeURIComponent(name)}">${name}</a>
    <span class="badges">
      ${methods.map((method) => html`<span class="badge method-${method.toLowerCase()}">${method}</span>`)}
      ${access !== 'public' && html`<span class="badge">${access === 'user' ? 'users only' : 'own access rule'}</span>`}
      ${destructive && html`<span class="badge danger">destructive</span>`}
    </span>
    ${description !== undefined && html`<p>${description}</p>`}
  </li>`;
}

function matches(action: ActionDescription, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => haystack(action).includes(word));
}

function haystack({ name, description = '', doors }: ActionDescription): string {
  return [name, description, ...doors.map(({ target }) => target)].join(' ').toLowerCase();
}
