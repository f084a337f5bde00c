/** Keeps the list of requests up to date while somebody looks at it. Runs in browsers, by its source alone. */
export function liveRequests(): void {
  const place = document.querySelector<HTMLElement>('[data-live]');
  if (!place) return;
  const refresh = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || place.contains(document.activeElement)) return;
    try {
      const response = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const fresh = page.querySelector('[data-live]');
      if (fresh && fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
    } catch {
      // The server restarts: the next turn finds it again.
    }
  };
  setInterval(() => void refresh(), 2000);
}
