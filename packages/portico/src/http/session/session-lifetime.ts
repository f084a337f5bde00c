export interface SessionLifetimeOptions {
  /** Seconds without a request after which a session ends. Default: 14 days. */
  readonly maxAge?: number | undefined;
  /**
   * Seconds after which a session ends however busy it is, counted from its last new id. Default: 90 days.
   */
  readonly absoluteMaxAge?: number | undefined;
}

type SessionData = Readonly<Record<string, unknown>>;

interface AgingSession {
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly data: SessionData;
}

/** The rules of when sessions end. All times are epoch milliseconds. A session may bring a lifetime of its own. */
export interface SessionLifetime {
  /** When a session with this data ends that was created then and is used now. */
  expiry(createdAt: number, now: number, data: SessionData): number;
  isOver(session: AgingSession, now: number): boolean;
  /** Whether a tenth of `maxAge` would be gained: writing at every request for less is waste. */
  isRefreshDue(session: AgingSession, now: number): boolean;
}

/** A lifetime of one session's own, as it is kept with the session. Seconds. */
export interface OwnLifetime {
  readonly maxAge?: number;
  readonly absoluteMaxAge?: number;
  readonly untilBrowserCloses?: boolean;
}

/** The entry of the session that keeps its own lifetime. */
export const LIFETIME_KEY = '_lifetime';

const DAY_SECONDS = 86_400;

/**
 * Rolling and absolute expiry (OWASP session management: idle and absolute timeout). Throws unless both are
 * positive.
 */
export function createSessionLifetime(options: SessionLifetimeOptions): SessionLifetime {
  const maxAge = seconds('maxAge', options.maxAge ?? 14 * DAY_SECONDS);
  const absoluteMaxAge = seconds('absoluteMaxAge', options.absoluteMaxAge ?? 90 * DAY_SECONDS);
  const idle = (data: SessionData): number => 1000 * (ownLifetime(data)?.maxAge ?? maxAge);
  const absolute = (data: SessionData): number =>
    1000 * (ownLifetime(data)?.absoluteMaxAge ?? absoluteMaxAge);
  const expiry: SessionLifetime['expiry'] = (createdAt, now, data) =>
    Math.min(now + idle(data), createdAt + absolute(data));
  return {
    expiry,
    isOver: ({ createdAt, expiresAt, data }, now) => expiresAt <= now || createdAt + absolute(data) <= now,
    isRefreshDue: ({ createdAt, expiresAt, data }, now) =>
      expiry(createdAt, now, data) - expiresAt >= idle(data) / 10,
  };
}

/** The lifetime that this session was given. */
function ownLifetime(data: SessionData): OwnLifetime | undefined {
  return data[LIFETIME_KEY] as OwnLifetime | undefined;
}

/** `Max-Age` of the session's cookie in seconds; `undefined` where it ends with the browser. */
export function cookieAge(data: SessionData, expiresAt: number, now: number): number | undefined {
  return ownLifetime(data)?.untilBrowserCloses === true ? undefined : Math.ceil((expiresAt - now) / 1000);
}

/** Throws a `RangeError` for what is no lifetime. */
export function checkedLifetime({ maxAge, absoluteMaxAge, untilBrowserCloses }: OwnLifetime): OwnLifetime {
  return {
    ...(maxAge !== undefined && { maxAge: seconds('maxAge', maxAge) }),
    ...(absoluteMaxAge !== undefined && { absoluteMaxAge: seconds('absoluteMaxAge', absoluteMaxAge) }),
    ...(untilBrowserCloses === true && { untilBrowserCloses }),
  };
}

function seconds(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`session.${name} is ${value}, and must be a positive number of seconds.`);
}
