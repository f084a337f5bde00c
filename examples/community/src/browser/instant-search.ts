import type { ActionOutput } from 'portico/client';
import type { server } from '../actions/index.ts';
import { actions } from './actions.ts';

type Hit = ActionOutput<typeof server.search>['hits'][number];

/** Results while somebody types, by the action that answers the form without a script, too. */
export function instantSearch(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-search]');
  const input = form?.querySelector('input');
  const list = document.querySelector('[data-search-results]');
  const status = document.querySelector('[data-search-status]');
  if (!form || !input || !list || !status) return;
  let latest = new AbortController();

  input.addEventListener('input', async () => {
    latest.abort();
    const { signal } = (latest = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (signal.aborted) return;
    const { data, error } = await actions.search({ q: input.value }, { method: 'GET', signal });
    if (signal.aborted) return;
    if (error) return void (status.textContent = 'That search did not work. Press Search to try again.');
    const count = data.hits.length;
    status.textContent = data.q === '' ? '' : count === 1 ? '1 result' : `${count} results`;
    list.replaceChildren(...data.hits.map(item));
    history.replaceState(null, '', data.q === '' ? '/search' : `/search?q=${encodeURIComponent(data.q)}`);
  });
}

// Built as elements, so that nothing a member wrote is ever read as markup.
function item({ place, title, url, excerpt }: Hit): HTMLLIElement {
  const meta = Object.assign(document.createElement('p'), { className: 'meta', textContent: place });
  const link = Object.assign(document.createElement('a'), { href: url, textContent: title });
  const heading = document.createElement('h2');
  heading.append(link);
  const text = Object.assign(document.createElement('p'), { textContent: excerpt });
  const entry = document.createElement('li');
  entry.append(meta, heading, text);
  return entry;
}
