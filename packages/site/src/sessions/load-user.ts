import type { PorticoContext } from 'portico';
import type { Services } from '../services.ts';
import { asCurrentUser, type CurrentUser } from '../users/current-user.ts';
import { isOpen } from '../users/account-state.ts';
import type { User } from '../users/user.ts';
import { deviceOf, type Device } from './device.ts';
import { findImpersonator, impersonatorOf } from './impersonation.ts';
import { loginEnd } from './login-lifetime.ts';
import { SESSION } from './session-keys.ts';

type LoaderServices = Pick<Services, 'database' | 'settings' | 'now'>;
type LoaderContext = Pick<PorticoContext, 'session' | 'request' | 'clientAddress'>;

/**
 * Who is signed in, for the app's `user`. A session that is worth nothing any more (another password since, a suspension, a
 * deleted account, another browser) is ended without a word, and its visitor is a guest. Where the database cannot be asked
 * it rejects: nobody becomes anonymous by an outage.
 */
export function createUserLoader(
  services: LoaderServices,
): (ctx: LoaderContext) => Promise<CurrentUser | null> | null {
  return (ctx) => (ctx.session.userId === undefined ? null : load(services, ctx, Number(ctx.session.userId)));
}

async function load(services: LoaderServices, ctx: LoaderContext, id: number): Promise<CurrentUser | null> {
  const { database, settings } = services;
  const user = Number.isSafeInteger(id) ? await database.users.find(id) : undefined;
  if (!user || !isWorthSomething(services, ctx, user)) return end(ctx);
  const claimed = impersonatorOf(ctx);
  if (!claimed) return asCurrentUser(user, settings);
  const impersonator = await findImpersonator(services, claimed, user);
  return impersonator ? asCurrentUser(user, settings, { impersonator }) : end(ctx);
}

function isWorthSomething({ settings, now }: LoaderServices, ctx: LoaderContext, user: User): boolean {
  const { session } = ctx;
  if (!isOpen(user) || user.suspended) return false;
  if (session.get(SESSION.stamp) !== user.credentialsVersion) return false;
  if (loginEnd(settings, session.get<number>(SESSION.signedInAt) ?? 0) <= now()) return false;
  if (!settings.requireMatchingUserAgentForSession) return true;
  return session.get<Device>(SESSION.device)?.userAgent === deviceOf(ctx).userAgent;
}

function end({ session }: LoaderContext): null {
  session.destroy();
  return null;
}
