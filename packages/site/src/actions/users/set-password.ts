import { defineAction, type ActionContext } from 'portico';
import { csrfToken, csrfTokenName } from 'portico/html';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { signOut } from '../../sessions/sign-in.ts';
import { rememberUsername } from '../../sessions/username-cookie.ts';
import {
  isNewUser,
  PASSWORD_CODES,
  setPasswordByCode,
  type CodeUse,
} from '../../users/codes/set-password.ts';
import { checkCode } from '../../users/codes/verification.ts';
import {
  finishLink,
  isInvalidCode,
  isReading,
  leaveOtherAccount,
  linkParams,
  refuseLink,
  requireLinkParams,
  showLinkPage,
} from '../parts/code-link.ts';

const input = z.object({
  ...linkParams,
  newPassword: z.string().max(4096).default('').meta({ secret: true }),
});

/**
 * `GET users/set-password`: the page a link in a mail leads to, at `setPasswordPath`, with `code`, `id` and `newUser`. It uses
 * up nothing.
 *
 * `POST users/set-password`: sets a password by the code, once, and activates an account that waited for it. All sessions of
 * the user end. Answers with the account's `status` and a CSRF token.
 */
export const setPassword = (services: Services) => {
  const { settings } = services;
  const limit = settings.limits.verification;
  return defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    access: 'public',
    input,
    ...(limit !== false && { limit: { ...limit, by: 'ip' as const } }),
    messages: { success: 'Password updated.', failure: 'Couldn’t update password.' },
    async handler({ code, id, newPassword }, ctx) {
      requireLinkParams(ctx, { code, id });
      const valid = await checkCode(services, id, code, PASSWORD_CODES);
      if (!valid) return refuseLink(ctx, services, settings.setPasswordPath);
      const variables = { code, id, newUser: isNewUser(valid) };
      if (isReading(ctx)) {
        leaveOtherAccount(ctx, valid.user);
        return showLinkPage(ctx, settings, settings.setPasswordPath, variables);
      }
      // For the page that is shown again if the password will not do.
      Object.assign(ctx.variables, variables);
      try {
        return finish(ctx, services, await setPasswordByCode(services, { uid: id, code, newPassword }));
      } catch (error) {
        if (isInvalidCode(error)) return refuseLink(ctx, services, settings.setPasswordPath);
        throw error;
      }
    },
  });
};

function finish(ctx: ActionContext, services: Services, use: CodeUse) {
  const { settings } = services;
  // Its sessions have ended, this one too if it was one of them.
  if (ctx.session.userId !== undefined) signOut(ctx);
  // The login that follows is by that name.
  rememberUsername(ctx, settings, use.user);
  return {
    status: finishLink(ctx, services, use, settings.setPasswordSuccessPath),
    csrfTokenName: csrfTokenName(ctx),
    csrfTokenValue: csrfToken(ctx),
  };
}
