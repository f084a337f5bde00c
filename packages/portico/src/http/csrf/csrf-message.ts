import { CSRF_FIELD } from '../../wire/names.ts';
import type { CsrfFacts, CsrfReason } from './csrf.ts';
import { normalOrigin } from './origin.ts';

/** What came of looking for a token, where one was looked for. */
export interface CsrfTokenSeen {
  /** The body field that carries it (`csrfTokenName`). Default: `PORTICO_CSRF_TOKEN`. */
  readonly field?: string | undefined;
  readonly found: 'missing' | 'mismatch';
}

const MAX_OBSERVED = 100;

/**
 * Says why a request was refused as a forgery: which header or token was missing or did not match, and which
 * setting allows it. What the client sent is shown shortened and in characters that mean nothing in HTML,
 * logs or headers.
 */
export function csrfMessage(reason: CsrfReason, facts: CsrfFacts, token?: CsrfTokenSeen): string {
  const field = token?.field ?? CSRF_FIELD;
  const parts = [headerPart(reason, facts)];
  if (reason === 'token-missing' || token?.found === 'missing') parts.push(missingToken(field));
  else if (reason === 'token-mismatch' || token?.found === 'mismatch') parts.push(mismatchedToken(field));
  return parts.filter((part) => part !== '').join(' ');
}

function headerPart(reason: CsrfReason, facts: CsrfFacts): string {
  switch (reason) {
    case 'cross-site':
      return (
        `The header Sec-Fetch-Site is ${observed(facts.secFetchSite)} and there is no Origin header. ` +
        'Another site may post here when `trustedOrigins` names it and it sends its Origin.'
      );
    case 'origin-mismatch':
      return originMismatch(facts);
    case 'origin-null':
      return (
        'The header Origin is null, as sandboxed frames, local files and redirects between sites send it, and ' +
        'it can never be trusted. A page with `Referrer-Policy: no-referrer` sends it too: use `same-origin`.'
      );
    case 'no-origin':
      return facts.secFetchSite === undefined
        ? 'The request has neither a Sec-Fetch-Site nor an Origin header, yet it carries cookies or credentials.'
        : `The header Sec-Fetch-Site is ${observed(facts.secFetchSite)} and there is no Origin header.`;
    case 'token-required':
      return "The setting `csrf: 'token'` asks for a token on every form.";
    case 'token-missing':
    case 'token-mismatch':
      return '';
  }
}

function originMismatch(facts: CsrfFacts): string {
  const { origin = '', ownOrigin } = facts;
  const seen = `The header Origin is ${observed(origin)} and this site is ${observed(ownOrigin)}.`;
  if (sameHost(origin, ownOrigin)) {
    return `${seen} If a proxy speaks HTTPS for this server, name it in \`trustedProxies\`.`;
  }
  return (
    `${seen} Allow the other site by \`trustedOrigins\`; ` +
    'if both are this site behind a proxy, name the proxy in `trustedProxies`.'
  );
}

function sameHost(a: string, b: string): boolean {
  const host = (origin: string) => normalOrigin(origin)?.replace(/^[^:]+:\/\//, '');
  return host(a) !== undefined && host(a) === host(b);
}

function missingToken(field: string): string {
  return `No CSRF token came in the body field ${field} or the header X-CSRF-Token: print csrfInput(ctx) in the form, before any file.`;
}

function mismatchedToken(field: string): string {
  return (
    `The CSRF token in the body field ${field} or the header X-CSRF-Token does not belong to this session: ` +
    'load the page again for a fresh one (a token ends with its session, and at login and logout).'
  );
}

function observed(value: string | undefined): string {
  if (value === undefined) return 'missing';
  const short = value.length > MAX_OBSERVED ? `${value.slice(0, MAX_OBSERVED)}…` : value;
  return short.replace(/[^\w.:/[\]…-]/g, '?');
}
