import type { PorticoContext } from 'portico';

/** The sign-in page, which leads back to the page of `ctx`. */
export function signInLink({ url }: PorticoContext): string {
  const query = new URLSearchParams(url.search);
  // The page may be shown as the answer to a form; what named its action is no part of its address.
  query.delete('_action');
  const here = url.pathname + (query.size > 0 ? `?${query}` : '');
  return here === '/' || url.pathname === '/sign-in'
    ? '/sign-in'
    : `/sign-in?next=${encodeURIComponent(here)}`;
}
