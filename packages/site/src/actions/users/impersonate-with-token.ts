import { defineAction } from 'portico';
import { z } from 'zod';
import { impersonationPage, invalidImpersonationPage } from '../../pages/impersonation-page.ts';
import type { Services } from '../../services.ts';
import { requireKnownDevice } from '../../sessions/device.ts';
import { startImpersonating } from '../../sessions/impersonation.ts';
import {
  invalidLink,
  isImpersonationToken,
  redeemImpersonationToken,
} from '../../users/administration/impersonation.ts';
import { ownUser } from '../../users/user-view.ts';

/**
 * `GET users/impersonate-with-token`: the page that a link of `users/get-impersonation-url` leads to, with a button; using
 * nothing up. `POST`: signs in. The token is all that counts: it was made for one user by one other, and for this action
 * alone (CVE-2026-32267).
 */
export const impersonateWithToken = (services: Services) => {
  const limit = services.settings.limits.verification;
  return defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    access: 'public',
    input: z.object({ token: z.string().max(255).meta({ secret: true }) }),
    ...(limit !== false && { limit: { ...limit, by: 'ip' } }),
    model: 'user',
    messages: { success: 'Logged in.' },
    redirect: services.settings.postLoginRedirect,
    async handler({ token }, ctx) {
      const { settings } = services;
      if (ctx.request.method !== 'POST') {
        const isGood = await isImpersonationToken(services, token);
        if (ctx.action.door !== 'rpc' && !ctx.wantsJson)
          return isGood ? impersonationPage(ctx, settings, token) : invalidImpersonationPage(settings);
        if (!isGood) throw invalidLink();
        return {};
      }
      requireKnownDevice(ctx, settings);
      const { issuer, target } = await redeemImpersonationToken(services, token);
      startImpersonating(ctx, services, issuer, target, { byLink: true });
      return { user: ownUser(target, settings) };
    },
  });
};
