const KEY = 'flash';

/** A controller-style form that was sent by script gets no flash of the server's: its message waits here for the next page. */
export function keepFlash(text: string): void {
  sessionStorage.setItem(KEY, text);
}

/** Shows it where the server's flashes stand. */
export function showKeptFlash(): void {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const place = document.querySelector('.flashes');
  if (text === null || !place) return;
  const line = document.createElement('p');
  line.className = 'flash flash-notice';
  line.setAttribute('role', 'status');
  line.textContent = text;
  place.replaceChildren(line);
}

/** Follows a redirect, also to a place on this very page, which has to be loaded again to show what is new. */
export function goTo(to: string): void {
  const target = new URL(to, location.href);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return;
  const isHere = target.pathname === location.pathname && target.search === location.search;
  location.assign(target);
  if (isHere && target.hash !== '') location.reload();
}
