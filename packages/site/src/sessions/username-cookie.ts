import type { PorticoContext } from 'portico';
import type { Settings } from '../config.ts';
import type { User } from '../users/user.ts';

const COOKIE = 'portico_username';
const MAX_LENGTH = 255;

/** Keeps the user's name for the login form, for `rememberUsernameDuration`. It outlives the session and opens nothing. */
export function rememberUsername(
  ctx: Pick<PorticoContext, 'cookies' | 'url'>,
  settings: Pick<Settings, 'rememberUsernameDuration'>,
  user: Pick<User, 'username' | 'email'>,
): void {
  const maxAge = settings.rememberUsernameDuration;
  if (maxAge === 0) {
    if (ctx.cookies.has(COOKIE)) ctx.cookies.delete(COOKIE);
    return;
  }
  ctx.cookies.set(COOKIE, user.username ?? user.email, {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.url.protocol === 'https:',
    path: '/',
    maxAge,
  });
}

/** The name that was last signed in with at this browser, for the login form. A client's text: escape it. */
export function rememberedUsername(ctx: Pick<PorticoContext, 'cookies'>): string | undefined {
  const value = ctx.cookies.get(COOKIE)?.value;
  return value === undefined || value === '' || value.length > MAX_LENGTH ? undefined : value;
}
