import { enhance } from 'portico/client';
import { instantSearch } from './instant-search.ts';
import { likeButtons } from './like-button.ts';
import { goTo, keepFlash, showFlash, showKeptFlash } from './flash.ts';

// Everything works without this file. With it, forms are sent without leaving the page.
likeButtons();
instantSearch();
showKeptFlash();
enhance(document, { onRedirect: (to) => goTo(to) });

document.addEventListener('portico:success', (event) => {
  const { target, detail } = event as HTMLElementEventMap['portico:success'];
  if (!(target instanceof HTMLFormElement)) return;
  if (detail.message !== undefined) keepFlash(detail.message);
  const { thanks } = target.dataset;
  if (thanks === undefined) return;
  event.preventDefault();
  target.reset();
  showFlash('notice', thanks);
});
