import type { PorticoContext } from 'portico';

/** A link for guests that asks for a login and leads back to the page of `ctx`. */
export function signInLink({ url }: PorticoContext): string {
  const query = new URLSearchParams(url.search);
  // The page may be shown as the answer to a form; what named its action is no part of its address.
  query.delete('_action');
  const here = url.pathname + (query.size > 0 ? `?${query}` : '');
  return here === '/' || DOORS.includes(url.pathname)
    ? '/login'
    : `/sign-in?next=${encodeURIComponent(here)}`;
}

/** Pages one does not want to come back to. Some have a code in their address. */
const DOORS = [
  '/login',
  '/logout',
  '/register',
  '/check-mail',
  '/verifyemail',
  '/setpassword',
  '/forgot-password',
];
