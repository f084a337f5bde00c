import { sameOrigin } from './origin.ts';

/**
 * `auto`: headers first, a token where they do not settle it. `token`: a token on every door but rpc.
 * `origin`: headers alone, so that no page needs a token.
 */
export type CsrfMode = 'auto' | 'token' | 'origin';

/** What is known of a request before its body is read. */
export interface CsrfFacts {
  readonly method: string;
  readonly mode: CsrfMode;
  readonly door: 'rpc' | 'page' | 'path' | 'route';
  /** The `Sec-Fetch-Site` header as it came. */
  readonly secFetchSite: string | undefined;
  /** The `Origin` header as it came. */
  readonly origin: string | undefined;
  /** The request's own origin, proxies that are trusted taken into account. */
  readonly ownOrigin: string;
  /** Whether `trustedOrigins` names an origin. Asked only when the other headers did not settle it. */
  readonly isTrustedOrigin: (origin: string) => boolean;
  readonly hasCookies: boolean;
  /**
   * Whether something else the browser sends by itself authenticates: HTTP authentication, a client
   * certificate.
   */
  readonly hasAmbientAuth: boolean;
}

export type CsrfReason =
  /** `Sec-Fetch-Site` says another site, and there is no `Origin` to say which. */
  | 'cross-site'
  /** `Origin` is neither the request's own nor trusted. */
  | 'origin-mismatch'
  /** `Origin: null`: a sandboxed frame, a file, a redirect across origins. */
  | 'origin-null'
  /** Neither header settles it, yet there is something to abuse. */
  | 'no-origin'
  /** The headers would do, but the mode asks for a token. */
  | 'token-required'
  | 'token-missing'
  | 'token-mismatch';

type CsrfPass = 'safe-method' | 'sec-fetch-site' | 'origin' | 'trusted-origin' | 'nothing-ambient';

/** `needs-token`: a valid token passes; without one the request is refused for the reason given. */
export type CsrfVerdict =
  | { readonly kind: 'pass'; readonly by: CsrfPass }
  | { readonly kind: 'needs-token'; readonly reason: CsrfReason }
  | { readonly kind: 'refuse'; readonly reason: CsrfReason };

// RFC 9110 section 9.2.1, without TRACE, which no host hands on.
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may be what its user meant, as far as its headers tell. Follows the OWASP cheat sheet on
 * cross-site request forgery: fetch metadata first, then Origin, then the token.
 */
export function csrfVerdict(facts: CsrfFacts): CsrfVerdict {
  if (SAFE_METHODS.has(facts.method)) return { kind: 'pass', by: 'safe-method' };
  const byHeaders = headerVerdict(facts);
  if (facts.mode === 'token' && facts.door !== 'rpc') {
    return { kind: 'needs-token', reason: byHeaders.kind === 'pass' ? 'token-required' : byHeaders.reason };
  }
  if (byHeaders.kind === 'pass' || facts.mode === 'origin') return byHeaders;
  return { kind: 'needs-token', reason: byHeaders.reason };
}

function headerVerdict(facts: CsrfFacts): Exclude<CsrfVerdict, { kind: 'needs-token' }> {
  const { secFetchSite, origin, ownOrigin } = facts;
  if (secFetchSite === 'same-origin') return { kind: 'pass', by: 'sec-fetch-site' };
  if (origin === 'null') return { kind: 'refuse', reason: 'origin-null' };
  if (origin !== undefined) {
    if (sameOrigin(origin, ownOrigin)) return { kind: 'pass', by: 'origin' };
    if (facts.isTrustedOrigin(origin)) return { kind: 'pass', by: 'trusted-origin' };
    return { kind: 'refuse', reason: 'origin-mismatch' };
  }
  if (secFetchSite === undefined && !facts.hasCookies && !facts.hasAmbientAuth) {
    return { kind: 'pass', by: 'nothing-ambient' };
  }
  const fromElsewhere = secFetchSite === 'cross-site' || secFetchSite === 'same-site';
  return { kind: 'refuse', reason: fromElsewhere ? 'cross-site' : 'no-origin' };
}
