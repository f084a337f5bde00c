import { ActionError, type ActionContext } from 'portico';
import { z } from 'zod';
import type { Settings } from '../../config.ts';
import { destinationUrl, pageUrl } from '../../lib/destination.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { isNavigation } from '../../sessions/navigation.ts';
import { signIn, signOut } from '../../sessions/sign-in.ts';
import { isOpen } from '../../users/account-state.ts';
import type { CodeUse } from '../../users/codes/set-password.ts';
import { currentUser } from '../../users/current-user.ts';
import type { User } from '../../users/user.ts';
import { invalidCode } from '../../users/codes/verification.ts';

const part = z.string().max(255).default('');

/** What a link in a mail brings along: the code, and the uid of the user it was sent to. */
export const linkParams = { code: part, id: part };

type LinkParams = Readonly<Record<keyof typeof linkParams, string>>;

/**
 * Throws where a part of the link is missing, unless somebody looks at the page: a mail program may have cut the link off,
 * and the page says so.
 */
export function requireLinkParams(ctx: ActionContext, params: LinkParams): void {
  const missing = (['code', 'id'] as const).filter((name) => params[name] === '');
  if (missing.length === 0 || (isReading(ctx) && !ctx.wantsJson)) return;
  throw inputErrors(
    Object.fromEntries(missing.map((name) => [name, `Request missing required param: ${name}`])),
  );
}

/** Whether the page is asked for, which uses up nothing: programs that check mail open every link in it. */
export function isReading({ action, request }: ActionContext): boolean {
  return action.door !== 'server' && request.method !== 'POST';
}

/** Shows the page a link leads to, with what it needs to post. Its address holds a code: it is for no cache and no other site. */
export function showLinkPage<Variables extends Record<string, unknown>>(
  ctx: ActionContext,
  settings: Pick<Settings, 'base'>,
  path: string | false,
  variables: Variables,
): Variables {
  ctx.headers.set('cache-control', 'no-store');
  ctx.headers.set('referrer-policy', 'same-origin');
  if (path !== false && !ctx.wantsJson) ctx.render(pageUrl(settings, path) + ctx.url.search, variables);
  return variables;
}

/**
 * What a link that is no good is answered with: 400 to scripts; to people `invalidUserTokenPath`, or the page the link leads
 * to, which says so. On a POST it throws, unless it redirects.
 */
export function refuseLink(
  ctx: ActionContext,
  { settings }: Pick<Services, 'settings'>,
  path: string | false,
): Response | Record<string, unknown> {
  if (ctx.wantsJson || path === false) throw invalidCode();
  const { invalidUserTokenPath } = settings;
  if (invalidUserTokenPath !== '') {
    ctx.flash.set('error', NO_GOOD);
    const location = destinationUrl(settings, invalidUserTokenPath);
    return new Response(null, { status: 303, headers: { location } });
  }
  if (!isReading(ctx)) throw invalidCode(NO_GOOD);
  ctx.status = 400;
  return showLinkPage(ctx, settings, path, { errorCode: 'InvalidVerificationCode' });
}

const NO_GOOD = 'This link is no longer good. Please ask for a new one.';

/**
 * Who follows a link of another account leaves the own one. Not by an image or a prefetch of some other site. On a POST it is
 * to be called once the link has done what it is for: whoever finds the site out of order stays signed in.
 */
export function leaveOtherAccount(ctx: ActionContext, user: Pick<User, 'id'>): void {
  if (ctx.user === null || currentUser(ctx).id === user.id) return;
  if (!isReading(ctx) || isNavigation(ctx, true)) signOut(ctx);
}

/** Whether an error is the one of a code that is no good. */
export function isInvalidCode(error: unknown): boolean {
  return (
    error instanceof ActionError &&
    (error.data as { errorCode?: unknown } | undefined)?.errorCode === 'InvalidVerificationCode'
  );
}

/**
 * Ends the use of a code: signs in an activation where the settings say so, and leads on, to `successPath` unless it was one.
 * What becomes of a session that was there is settled before. Returns the account's status.
 */
export function finishLink(
  ctx: ActionContext,
  services: Services,
  { user, isActivation }: CodeUse,
  successPath: string,
): string {
  const { settings } = services;
  const isActivated = isActivation && isOpen(user);
  if (isActivated && !user.suspended && settings.autoLoginAfterAccountActivation) signIn(ctx, services, user);
  ctx.redirect(destinationUrl(settings, isActivated ? settings.activateAccountSuccessPath : successPath));
  return user.suspended ? 'suspended' : user.status;
}
