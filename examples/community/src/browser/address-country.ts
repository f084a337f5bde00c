/**
 * The fields of another country without leaving the page: the page of that country is fetched, which the form without a script
 * asks for, too, and its fields take the place of these. What was typed stays.
 */
export function addressCountry(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-country]');
  const select = form?.querySelector('select');
  const button = form?.querySelector('button');
  if (!form || !select || !button) return;
  let latest = new AbortController();
  button.hidden = true;

  select.addEventListener('change', async () => {
    latest.abort();
    const { signal } = (latest = new AbortController());
    const url = `${location.pathname}?country=${encodeURIComponent(select.value)}`;
    form.ariaBusy = 'true';
    const fields = await fieldsAt(url, signal);
    if (signal.aborted) return;
    form.ariaBusy = null;
    const place = document.querySelector('[data-address-fields]');
    // Without an answer the browser shows what is wrong.
    if (!fields || !place) return location.assign(url);
    keepTyped(place, fields);
    place.replaceWith(fields);
    history.replaceState(null, '', url);
  });
}

async function fieldsAt(url: string, signal: AbortSignal): Promise<Element | null> {
  try {
    const answer = await fetch(url, { signal, headers: { accept: 'text/html' } });
    return new DOMParser()
      .parseFromString(await answer.text(), 'text/html')
      .querySelector('[data-address-fields]');
  } catch {
    return null;
  }
}

function keepTyped(from: Element, to: Element): void {
  for (const typed of from.querySelectorAll<HTMLInputElement>('input:not([type="hidden"])')) {
    const same = to.querySelector<HTMLInputElement>(`input[name="${CSS.escape(typed.name)}"]`);
    if (same) same.value = typed.value;
  }
}
