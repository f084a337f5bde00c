import { CSRF_FIELD } from '../wire/names.ts';

/**
 * Whoever logs in or out gets a new token; the one printed into the page's forms is worth nothing from then
 * on.
 */
export function renewTokens(data: unknown): void {
  const { csrfTokenValue, csrfTokenName = CSRF_FIELD } = (data ?? {}) as Record<string, unknown>;
  if (typeof csrfTokenValue !== 'string') return;
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type="hidden"]'))
    if (input.name === csrfTokenName) input.value = csrfTokenValue;
}
