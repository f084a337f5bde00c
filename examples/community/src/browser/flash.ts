const KEY = 'flash';

/** Says something where the server's flashes stand. */
export function showFlash(kind: 'notice' | 'error', text: string): void {
  const place = document.querySelector('.flashes');
  if (!place) return;
  const line = document.createElement('p');
  line.className = `flash flash-${kind}`;
  line.setAttribute('role', kind === 'error' ? 'alert' : 'status');
  line.textContent = text;
  place.replaceChildren(line);
  line.scrollIntoView({ block: 'nearest' });
}

/** A form that was sent by script gets no flash of the server's: what it was told waits here for the next page. */
export function keepFlash(text: string): void {
  sessionStorage.setItem(KEY, text);
}

export function showKeptFlash(): void {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (text !== null) showFlash('notice', text);
}

/** Follows a redirect, also to a place on this very page, which has to be loaded again to show what is new. */
export function goTo(to: string): void {
  const target = new URL(to, location.href);
  const isHere = target.pathname === location.pathname && target.search === location.search;
  location.assign(target);
  if (isHere && target.hash !== '') location.reload();
}
