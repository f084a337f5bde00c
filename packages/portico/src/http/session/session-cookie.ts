/** A cookie to set. An empty value with `maxAge` 0 removes it. */
export interface CookieChange {
  readonly name: string;
  readonly value: string;
  readonly options: SessionCookieAttributes;
}

interface SessionCookieAttributes {
  readonly path: '/';
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'lax' | 'strict' | 'none';
  /** Seconds. Without it the cookie ends with the browser. */
  readonly maxAge?: number;
  readonly domain?: string;
}

export interface SessionCookieOptions {
  /** Without prefix: `__Host-` or `__Secure-` is put in front where it can be. Default: `portico`. */
  readonly cookieName?: string | undefined;
  /**
   * Default: `lax`. `none` becomes `lax` where the cookie is not `Secure`, since browsers refuse it there.
   */
  readonly sameSite?: 'lax' | 'strict' | 'none' | undefined;
  /** Shares the session with subdomains. Default: this host only. */
  readonly domain?: string | undefined;
}

/** The session's cookie: its name and attributes over a secure connection and over a plain one. */
export interface SessionCookie {
  name(secure: boolean): string;
  /** `maxAge` undefined: until the browser closes. */
  set(value: string, maxAge: number | undefined, secure: boolean): CookieChange;
  clear(secure: boolean): CookieChange;
}

/**
 * The session's cookie after RFC 6265bis: `__Host-` (section 4.1.3.2) keeps subdomains and plain HTTP from
 * planting a session. Throws for a name that is not a token (RFC 9110 section 5.6.2) or brings a prefix of
 * its own.
 */
export function createSessionCookie(options: SessionCookieOptions): SessionCookie {
  const { cookieName = 'portico', sameSite = 'lax', domain } = options;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(cookieName) || cookieName.startsWith('__')) {
    throw new Error(
      `session.cookieName ${JSON.stringify(cookieName)} must consist of letters, digits and -_. and not start with __: ` +
        '__Host- and __Secure- are put in front where they can be.',
    );
  }
  const name = (secure: boolean): string => {
    if (!secure) return cookieName;
    return domain === undefined ? `__Host-${cookieName}` : `__Secure-${cookieName}`;
  };
  const set = (value: string, maxAge: number | undefined, secure: boolean): CookieChange => ({
    name: name(secure),
    value,
    options: {
      path: '/',
      httpOnly: true,
      secure,
      sameSite: sameSite === 'none' && !secure ? 'lax' : sameSite,
      ...(maxAge === undefined ? undefined : { maxAge }),
      ...(domain === undefined ? undefined : { domain }),
    },
  });
  return { name, set, clear: (secure) => set('', 0, secure) };
}
