import type { Settings } from '../config.ts';
import { destinationUrl } from '../lib/destination.ts';
import { pagePath } from './page-path.ts';

/**
 * Where password managers look for the page to change a password at (W3C: A Well-Known URL for Changing Passwords): a redirect
 * to `setPasswordRequestPath`. Nothing where there is none, so that it is 404 and they offer what they have instead.
 */
export function changePasswordPage(
  settings: Pick<Settings, 'base' | 'setPasswordRequestPath'>,
): Readonly<Record<string, () => Response>> {
  const { setPasswordRequestPath } = settings;
  if (setPasswordRequestPath === null) return {};
  const own = pagePath(setPasswordRequestPath);
  const location = own === undefined ? destinationUrl(settings, setPasswordRequestPath) : settings.base + own;
  return {
    '/.well-known/change-password': () => new Response(null, { status: 303, headers: { location } }),
  };
}
