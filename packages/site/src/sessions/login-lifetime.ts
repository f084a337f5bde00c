import type { SessionLifetimeOptions } from 'portico';
import type { Settings } from '../config.ts';

type LifetimeSettings = Pick<
  Settings,
  'userSessionDuration' | 'rememberedUserSessionDuration' | 'absoluteUserSessionDuration'
>;

/** Seconds without a request after which a login ends; 0: when the browser closes. */
export function idleSeconds(settings: LifetimeSettings, remembered: boolean): number {
  const { userSessionDuration, rememberedUserSessionDuration } = settings;
  return remembered && rememberedUserSessionDuration > 0
    ? rememberedUserSessionDuration
    : userSessionDuration;
}

/** How long the session of a login lives. What the settings do not say is up to the app. */
export function loginLifetime(settings: LifetimeSettings, remembered: boolean): SessionLifetimeOptions {
  const idle = idleSeconds(settings, remembered);
  const absolute = settings.absoluteUserSessionDuration;
  return {
    ...(idle > 0 ? { maxAge: idle } : { untilBrowserCloses: true }),
    ...(absolute > 0 && { absoluteMaxAge: absolute }),
  };
}

/**
 * Until when a login lasts at most, in epoch milliseconds. Each new id of a session begins its absolute lifetime anew, so
 * this is counted from the login itself.
 */
export function loginEnd(settings: LifetimeSettings, signedInAt: number): number {
  const absolute = settings.absoluteUserSessionDuration;
  return absolute > 0 ? signedInAt + absolute * 1000 : Infinity;
}
