import { parseCookie, serializeCookie } from 'cookie-es';

export interface CookieOptions {
  /** Default: `/`, so that the cookie is the same on every page. */
  path?: string | undefined;
  /** Default: none, so only the host itself gets the cookie. */
  domain?: string | undefined;
  /** Whole seconds. Without it and `expires` the cookie ends with the browser's session. */
  maxAge?: number | undefined;
  expires?: Date | undefined;
  httpOnly?: boolean | undefined;
  secure?: boolean | undefined;
  sameSite?: boolean | 'lax' | 'strict' | 'none' | undefined;
  partitioned?: boolean | undefined;
  priority?: 'low' | 'medium' | 'high' | undefined;
  /** How the value becomes cookie text; default: `encodeURIComponent`, which reading undoes. */
  encode?: ((value: string) => string) | undefined;
}

/**
 * The cookies of a request and those its answer sets: what is set or deleted is what `get` then gives. Only `path` has a
 * default of ours; `httpOnly`, `secure` and `sameSite` are what the caller says, as in every other cookie API.
 */
export class Cookies {
  readonly #header: string | undefined;
  #received: Record<string, string | undefined> | undefined;
  readonly #changed = new Map<string, string | undefined>();
  readonly #lines = new Map<string, string>();

  /** `header`: the Cookie header, which is parsed when first asked. */
  constructor(header: string | undefined) {
    this.#header = header;
  }

  /** A cookie by its exact name; the first, where the request has several of that name (RFC 6265 section 5.4: the nearest path). */
  get(name: string): { readonly value: string } | undefined {
    const value = this.#changed.has(name) ? this.#changed.get(name) : this.#parsed()[name];
    return value === undefined ? undefined : { value };
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /**
   * Throws a TypeError for what browsers would drop or misread: a name that is no token, an attribute or an encoded value
   * with characters of the cookie syntax, more than 4096 bytes, a `__Host-` or `__Secure-` name whose rules are not kept.
   */
  set(name: string, value: string, options: CookieOptions = {}): void {
    this.#write(name, value, options);
    this.#changed.set(name, value);
  }

  /** Has the browser delete the cookie: `path` and `domain` must be those it was set with. */
  delete(name: string, options: Omit<CookieOptions, 'maxAge' | 'expires' | 'encode'> = {}): void {
    const secure = options.secure ?? /^__(?:Host|Secure)-/i.test(name);
    this.#write(name, '', { ...options, secure, maxAge: 0, expires: new Date(0) });
    this.#changed.set(name, undefined);
  }

  /** The values of the Set-Cookie headers, one a cookie, in the order of the last change. */
  setCookieHeaders(): string[] {
    return [...this.#lines.values()];
  }

  #parsed(): Record<string, string | undefined> {
    this.#received ??= parseCookie(this.#header ?? '');
    return this.#received;
  }

  #write(name: string, value: string, options: CookieOptions): void {
    const { encode = encodeURIComponent, path = '/', domain, ...attributes } = options;
    checkName(name);
    checkPrefix(name, path, domain, options.secure);
    let line: string;
    try {
      const rest = Object.fromEntries(Object.entries(attributes).filter(([, set]) => set !== undefined));
      line = serializeCookie(
        { name, value, ...rest, path, ...(domain === undefined ? {} : { domain }) },
        { encode },
      );
    } catch (cause) {
      throw new TypeError(`The cookie "${name}" cannot be set: ${(cause as Error).message}.`, { cause });
    }
    // RFC 6265bis section 5.6: browsers ignore a cookie whose name and value are longer. All of it is ASCII here.
    const end = line.indexOf(';');
    const length = (end < 0 ? line.length : end) - 1;
    if (length > 4096) {
      throw new TypeError(
        `The cookie "${name}" is too large: ${length} bytes encoded, and browsers drop more than 4096.`,
      );
    }
    // Cookies of one name on another path or domain are other cookies.
    const key = `${name};${path};${domain ?? ''}`;
    this.#lines.delete(key);
    this.#lines.set(key, line);
  }
}

function checkName(name: string): void {
  if (/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return;
  throw new TypeError(
    `${JSON.stringify(name)} is no name for a cookie: only letters, digits and !#$%&'*+-.^_\`|~ (RFC 6265 section 4.1.1).`,
  );
}

function checkPrefix(name: string, path: string, domain: string | undefined, secure = false): void {
  const prefix = /^__(host|secure)-/i.exec(name)?.[1]?.toLowerCase();
  if (prefix === 'secure' && !secure) {
    throw new TypeError(
      `The cookie "${name}" needs secure: true because of its prefix (RFC 6265bis section 4.1.3.1).`,
    );
  }
  if (prefix === 'host' && (!secure || path !== '/' || domain !== undefined)) {
    throw new TypeError(
      `The cookie "${name}" needs secure: true, path: '/' and no domain because of its prefix (RFC 6265bis section 4.1.3.2).`,
    );
  }
}
