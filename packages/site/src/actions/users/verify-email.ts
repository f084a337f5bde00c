import { defineAction, type ActionContext } from 'portico';
import { z } from 'zod';
import { destinationUrl } from '../../lib/destination.ts';
import type { Services } from '../../services.ts';
import { signIn } from '../../sessions/sign-in.ts';
import { isOpen } from '../../users/account-state.ts';
import type { CodeUse } from '../../users/codes/set-password.ts';
import { checkCode } from '../../users/codes/verification.ts';
import { EMAIL_CODES, verifyEmailByCode } from '../../users/codes/verify-email.ts';
import {
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

function finish(ctx: ActionContext, services: Services, { user, isActivation }: CodeUse) {
  const { settings } = services;
  const isActivated = isActivation && isOpen(user);
  leaveOtherAccount(ctx, user);
  if (isActivated && !user.suspended && settings.autoLoginAfterAccountActivation) signIn(ctx, services, user);
  const { activateAccountSuccessPath, verifyEmailSuccessPath } = settings;
  ctx.redirect(destinationUrl(settings, isActivated ? activateAccountSuccessPath : verifyEmailSuccessPath));
  return { status: user.suspended ? 'suspended' : user.status };
}
