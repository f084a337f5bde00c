import { enhance } from 'portico/client';
import { goTo, keepFlash, showKeptFlash } from './flash.ts';
import { instantSearch } from './instant-search.ts';
import { likeButtons } from './like-button.ts';

// Everything works without this file. With it, forms are sent without leaving the page.
likeButtons();
instantSearch();
showKeptFlash();
enhance(document, { onRedirect: (to) => goTo(to) });

document.addEventListener('portico:success', (event) => {
  const { message } = (event as HTMLElementEventMap['portico:success']).detail;
  if (message !== undefined) keepFlash(message);
});
