import { ActionError, defineAction, type ActionContext, type LimitOptions } from 'portico';
import { z } from 'zod';
import type { Settings } from '../../config.ts';
import { destinationUrl, pageUrl } from '../../lib/destination.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { requireKnownDevice } from '../../sessions/device.ts';
import { takeReturnUrl } from '../../sessions/return-url.ts';
import { signIn } from '../../sessions/sign-in.ts';
import { rememberedUsername } from '../../sessions/username-cookie.ts';
import { authErrorMessage } from '../../users/login/auth-error.ts';
import { currentUser } from '../../users/current-user.ts';
import { lockedFor } from '../../users/login/lockout.ts';
import { loginKey } from '../../users/login-key.ts';
import { authenticate } from '../../users/login/authenticate.ts';
import type { User } from '../../users/user.ts';
import { ownUser } from '../../users/user-view.ts';

// A GET comes without any of these, so that a blank one is for the handler to refuse.
const input = z.object({
  loginName: z.string().max(255).default(''),
  password: z.string().max(4096).default('').meta({ secret: true }),
  // Scripts that talk to Craft send 1 and 0.
  rememberMe: z.preprocess(asBoolean, z.boolean()).optional(),
});

type LoginInput = z.output<typeof input>;

function asBoolean(value: boolean | 0 | 1 | '0' | '1'): unknown {
  if (value === 1 || value === '1') return true;
  return value === 0 || value === '0' ? false : value;
}

/**
 * `POST users/login`: signs in by username or e-mail address and password. Failures are 400 with `loginName`, `rememberMe`,
 * `errorCode` and `errorMessage`; see `authenticate` for what they tell.
 *
 * `GET users/login`: the login page; whoever is signed in already goes on to where a login leads.
 */
export const login = (services: Services) =>
  defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    access: 'public',
    input,
    limit: loginLimits(services.settings),
    // The second half of a double click has the token of the guest it was a moment ago.
    csrf: (ctx) => (ctx.user ? 'auto' : undefined),
    model: 'user',
    messages: { failure: 'Couldn’t log in.' },
    redirect: services.settings.postLoginRedirect,
    async handler(credentials, ctx) {
      if (isReading(ctx)) {
        if (ctx.user === null) return showLoginPage(ctx, services.settings);
        return goOn(ctx, services, currentUser(ctx));
      }
      const user = await logIn(ctx, services, credentials);
      const answer = goOn(ctx, services, user);
      signIn(ctx, services, user, { remember: credentials.rememberMe === true });
      return answer;
    },
  });

function loginLimits({ limits }: Settings): ReadonlyArray<LimitOptions<LoginInput>> {
  return [
    ...(limits.login ? [{ ...limits.login, by: 'ip', when: isAttempt } as const] : []),
    ...(limits.loginAccount
      ? [
          {
            ...limits.loginAccount,
            when: isAttempt,
            by: (_ctx: ActionContext, { loginName }: LoginInput) => loginKey(loginName),
          },
        ]
      : []),
  ];
}

// Looking at the form is none.
function isAttempt(ctx: ActionContext): boolean {
  return !isReading(ctx);
}

function isReading({ action, request }: ActionContext): boolean {
  return action.door !== 'server' && request.method !== 'POST';
}

function showLoginPage(ctx: ActionContext, settings: Settings): undefined {
  const { loginPath } = settings;
  if (ctx.wantsJson) {
    throw new ActionError({
      code: 'METHOD_NOT_ALLOWED',
      message: 'Post request required',
      headers: { Allow: 'POST' },
    });
  }
  if (loginPath === false) throw new ActionError({ code: 'NOT_FOUND', message: 'Page not found.' });
  const loginName = rememberedUsername(ctx);
  ctx.render(pageUrl(settings, loginPath) + ctx.url.search, loginName === undefined ? {} : { loginName });
}

/** Where a login leads, and what its answer holds. */
function goOn(ctx: ActionContext, { settings }: Services, user: User) {
  const kept = takeReturnUrl(ctx);
  if (kept !== undefined) ctx.redirect(kept);
  return {
    returnUrl: kept ?? destinationUrl(settings, settings.postLoginRedirect),
    user: ownUser(user, settings),
  };
}

async function logIn(ctx: ActionContext, services: Services, credentials: LoginInput): Promise<User> {
  const { settings, now } = services;
  const { loginName, password, rememberMe = false } = credentials;
  requireCredentials(ctx, settings, credentials);
  requireKnownDevice(ctx, settings);
  const result = await authenticate(services, { loginName, password, ip: ctx.clientAddress });
  if (!('failure' in result)) return result.user;
  const { failure: errorCode, user } = result;
  const message = authErrorMessage(errorCode, settings, user && lockedFor(user, settings, now()));
  throw new ActionError({
    code: 'BAD_REQUEST',
    message,
    data: { loginName, rememberMe, errorCode, errorMessage: message },
  });
}

function requireCredentials(
  ctx: ActionContext,
  settings: Settings,
  { loginName, password, rememberMe = false }: LoginInput,
): void {
  const missing: Record<string, string> = {};
  if (loginName.trim() === '') {
    missing['loginName'] = settings.useEmailAsUsername
      ? 'Email is required.'
      : 'Username or email is required.';
  }
  if (password === '') missing['password'] = 'Password is required.';
  const sentences = Object.values(missing);
  if (sentences.length === 0) return;
  // For the page that is shown again: it has them after every other failure.
  Object.assign(ctx.variables, {
    loginName,
    rememberMe,
    errorCode: 'invalid_credentials',
    errorMessage: sentences.join(' '),
  });
  throw inputErrors(missing);
}
