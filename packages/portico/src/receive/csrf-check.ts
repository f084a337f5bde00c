import { csrfMessage } from '../http/csrf/csrf-message.ts';
import { maskedToken, tokenMatches } from '../http/csrf/csrf-token.ts';
import { csrfVerdict, type CsrfFacts, type CsrfMode, type CsrfReason } from '../http/csrf/csrf.ts';
import { isNamedOrigin } from '../http/csrf/origin.ts';
import { ActionError } from '../wire/error.ts';
import { CSRF_HEADER } from '../wire/names.ts';
import type { Exchange } from '../context/exchange.ts';
import { asPublic } from '../context/request-context.ts';
import type { Definition } from '../define/action.ts';

/** The check of one request: its headers at once, its token when the body has been read as far as the token. */
export interface CsrfCheck {
  /** Set where the headers alone refuse: then nothing else is asked. */
  readonly refusal: ActionError | undefined;
  /** Throws `CSRF_FAILED` where a token is due and the one given does not match. */
  settle(bodyToken: string | undefined): void;
}

/** `choose` is the action's own `csrf`, if it has one. */
export function createCsrfCheck(
  exchange: Exchange,
  door: CsrfFacts['door'],
  choose: Definition['csrf'],
): CsrfCheck {
  const { incoming, settings } = exchange;
  const mode = choose?.(asPublic(exchange.context)) ?? settings.csrf;
  // What nearly every call of a browser is. Saves making the facts, 2 % of a small call.
  const needsNoToken = mode !== 'token' || door === 'rpc';
  if (needsNoToken && incoming.header('sec-fetch-site') === 'same-origin') return PASSED;
  const facts = factsOf(exchange, door, mode);
  const verdict = csrfVerdict(facts);
  if (verdict.kind === 'pass') return PASSED;
  if (verdict.kind === 'refuse') {
    const refusal = refused(verdict.reason, csrfMessage(verdict.reason, facts));
    return { refusal, settle: () => undefined };
  }
  return { refusal: undefined, settle: (bodyToken) => settle(exchange, facts, verdict.reason, bodyToken) };
}

const PASSED: CsrfCheck = { refusal: undefined, settle: () => undefined };

function factsOf(exchange: Exchange, door: CsrfFacts['door'], mode: CsrfMode): CsrfFacts {
  const { incoming, settings } = exchange;
  const hasCookies = incoming.header('cookie') !== undefined;
  // A bearer token is put there by a script; Basic, Digest and Negotiate are sent by the browser itself.
  const hasAmbientAuth = /^(?!bearer )/i.test(incoming.header('authorization') ?? 'bearer ');
  return {
    method: incoming.method,
    mode,
    door,
    secFetchSite: incoming.header('sec-fetch-site'),
    origin: incoming.header('origin'),
    ownOrigin: exchange.origin,
    // `cors` lets an origin's scripts call; acting as the visitor, by his cookies, is for `trustedOrigins` to allow.
    isTrustedOrigin: (origin) =>
      settings.isTrustedOrigin(origin) ||
      (settings.cors !== undefined &&
        !hasCookies &&
        !hasAmbientAuth &&
        isNamedOrigin(settings.cors.origins, origin)),
    hasCookies,
    hasAmbientAuth,
  };
}

function settle(
  exchange: Exchange,
  facts: CsrfFacts,
  reason: CsrfReason,
  bodyToken: string | undefined,
): void {
  const { settings, incoming } = exchange;
  const token = incoming.header(CSRF_HEADER) || bodyToken;
  const found =
    token === undefined || token === '' ? 'missing' : tokenFits(exchange, token) ? 'valid' : 'mismatch';
  if (found === 'valid') return;
  throw refused(
    found === 'missing' ? 'token-missing' : 'token-mismatch',
    csrfMessage(reason, facts, { field: settings.csrfTokenName, found }),
    // The headers have proved that the sender is this site: its script may try again with what fits now.
    reason === 'token-required' && exchange.wantsJson ? { csrfTokenValue: freshToken(exchange) } : {},
  );
}

function freshToken(exchange: Exchange): string {
  exchange.session.ensure();
  exchange.noStore = true;
  return maskedToken(exchange.settings.keyring, exchange.csrfBinding);
}

function tokenFits(exchange: Exchange, token: string): boolean {
  // Without a session there is nothing a token could belong to.
  if (!exchange.sessionIfLoaded) return false;
  return tokenMatches(exchange.settings.keyring, exchange.csrfBinding, token);
}

function refused(reason: CsrfReason, message: string, more: { csrfTokenValue?: string } = {}): ActionError {
  return new ActionError({ code: 'CSRF_FAILED', status: 403, message, data: { reason, ...more } });
}
