export interface SessionLifetimeOptions {
  /** Seconds without a request after which a session ends. Default: 14 days. */
  readonly maxAge?: number | undefined;
  /**
   * Seconds after which a session ends however busy it is, counted from its last new id. Default: 90 days.
   */
  readonly absoluteMaxAge?: number | undefined;
}

/** The rules of when sessions end. All times are epoch milliseconds. */
export interface SessionLifetime {
  /** When a session ends that was created then and is used now. */
  expiry(createdAt: number, now: number): number;
  isOver(session: { readonly createdAt: number; readonly expiresAt: number }, now: number): boolean;
  /** Whether a tenth of `maxAge` would be gained: writing at every request for less is waste. */
  isRefreshDue(session: { readonly createdAt: number; readonly expiresAt: number }, now: number): boolean;
}

const DAY_SECONDS = 86_400;

/**
 * Rolling and absolute expiry (OWASP session management: idle and absolute timeout). Throws unless both are
 * positive.
 */
export function createSessionLifetime(options: SessionLifetimeOptions): SessionLifetime {
  const idle = 1000 * seconds('maxAge', options.maxAge ?? 14 * DAY_SECONDS);
  const absolute = 1000 * seconds('absoluteMaxAge', options.absoluteMaxAge ?? 90 * DAY_SECONDS);
  const expiry = (createdAt: number, now: number): number => Math.min(now + idle, createdAt + absolute);
  return {
    expiry,
    isOver: (session, now) => session.expiresAt <= now || session.createdAt + absolute <= now,
    isRefreshDue: (session, now) => expiry(session.createdAt, now) - session.expiresAt >= idle / 10,
  };
}

function seconds(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`session.${name} is ${value}, and must be a positive number of seconds.`);
}
