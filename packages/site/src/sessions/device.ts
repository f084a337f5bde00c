import { ActionError, type PorticoContext } from 'portico';
import type { Settings } from '../config.ts';

/** What a login came from, as its user sees it in the list of sessions. */
export interface Device {
  readonly userAgent: string | null;
  readonly ip: string | null;
}

const MAX_USER_AGENT = 255;

/** What this request comes from. A user agent is cut to 255 characters: it is a client's text, of any length. */
export function deviceOf(ctx: Pick<PorticoContext, 'request' | 'clientAddress'>): Device {
  const userAgent = ctx.request.headers.get('user-agent')?.slice(0, MAX_USER_AGENT);
  return { userAgent: userAgent || null, ip: ctx.clientAddress ?? null };
}

/** Whether somebody may be signed in from there, as `requireUserAgentAndIpForSession` says. */
export function isKnownDevice(
  device: Device,
  settings: Pick<Settings, 'requireUserAgentAndIpForSession'>,
): boolean {
  return !settings.requireUserAgentAndIpForSession || (device.userAgent !== null && device.ip !== null);
}

/** Throws 400 where nobody can be signed in from this request; it says what is missing. */
export function requireKnownDevice(
  ctx: Pick<PorticoContext, 'request' | 'clientAddress'>,
  settings: Pick<Settings, 'requireUserAgentAndIpForSession'>,
): void {
  const device = deviceOf(ctx);
  if (isKnownDevice(device, settings)) return;
  const missing =
    device.userAgent === null
      ? 'The request has no User-Agent header'
      : 'The server does not know the address of the client';
  throw new ActionError({
    code: 'BAD_REQUEST',
    message: `${missing}, and the setting requireUserAgentAndIpForSession asks for it.`,
  });
}
