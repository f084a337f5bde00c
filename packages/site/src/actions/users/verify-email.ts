import { defineAction, type ActionContext } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import type { CodeUse } from '../../users/codes/set-password.ts';
import { checkCode } from '../../users/codes/verification.ts';
import { EMAIL_CODES, verifyEmailByCode } from '../../users/codes/verify-email.ts';
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

/**
 * `GET users/verify-email`: the page a link in a mail leads to, at `verifyEmailPath`. Its button confirms: it uses up nothing,
 * since programs that check mail open every link in it.
 *
 * `POST users/verify-email`: confirms an address by the code, once: a new address takes the place of the former one, or the
 * account is activated. Answers with the account's `status`.
 */
export const verifyEmail = (services: Services) => {
  const { settings } = services;
  const limit = settings.limits.verification;
  return defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    access: 'public',
    input: z.object(linkParams),
    ...(limit !== false && { limit: { ...limit, by: 'ip' as const } }),
    messages: { success: 'Email verified', failure: 'Couldn’t verify email.' },
    async handler({ code, id }, ctx) {
      requireLinkParams(ctx, { code, id });
      const valid = await checkCode(services, id, code, EMAIL_CODES);
      if (!valid) return refuseLink(ctx, services, settings.verifyEmailPath);
      if (isReading(ctx)) return showLinkPage(ctx, settings, settings.verifyEmailPath, { code, id });
      Object.assign(ctx.variables, { code, id });
      try {
        return finish(ctx, services, await verifyEmailByCode(services, { uid: id, code }));
      } catch (error) {
        if (isInvalidCode(error)) return refuseLink(ctx, services, settings.verifyEmailPath);
        throw error;
      }
    },
  });
};

function finish(ctx: ActionContext, services: Services, use: CodeUse) {
  leaveOtherAccount(ctx, use.user);
  return { status: finishLink(ctx, services, use, services.settings.verifyEmailSuccessPath) };
}
