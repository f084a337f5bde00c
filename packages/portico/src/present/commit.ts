import { headerOf, withHeaders, type Answer } from '../http/reply.ts';
import { stateOf, type Session } from '../http/session/session.ts';
import { isPromise } from '../lib/promise.ts';
import { unexpectedError } from '../context/unexpected-error.ts';
import type { CookieChange } from '../http/session/session-cookie.ts';
import type { Exchange } from '../context/exchange.ts';

const NO_COOKIES: readonly string[] = [];

/**
 * Saves the session if it changed and puts cookies and headers of the context on the answer. Rejects where a store does;
 * throws `INTERNAL_SERVER_ERROR` for a session that cannot be kept, such as one too large for its cookie.
 */
export function commit(exchange: Exchange, answer: Answer): Answer | Promise<Answer> {
  const session = exchange.sessionIfLoaded;
  const { sessions } = exchange.settings;
  if (session && sessions && !(session.isNew && isForgery(exchange))) {
    let change: ReturnType<typeof sessions.commit>;
    let isTouched: boolean;
    try {
      isTouched = stateOf(session).changedKeys().length > 0;
      change = sessions.commit(session, Date.now(), exchange.secureCookies);
    } catch (cause) {
      throw unexpectedError(exchange, cause);
    }
    if (isPromise(change)) {
      const saved = Promise.resolve(change).catch((error: unknown) =>
        withoutNotices(exchange, session, error),
      );
      return saved.then((cookie) => merge(exchange, answer, cookie, isTouched));
    }
    return merge(exchange, answer, change, isTouched);
  }
  return merge(exchange, answer, undefined, false);
}

/**
 * A form of another site comes without our cookie (SameSite). A session begun by the page that refuses it would take the
 * place of the visitor's own, and sign him out.
 */
function isForgery({ incoming, outcome }: Exchange): boolean {
  return (
    outcome?.error?.code === 'CSRF_FAILED' &&
    /^(?:cross|same)-site$/.test(incoming.header('sec-fetch-site') ?? '')
  );
}

/**
 * What an action did is done. If all that cannot be saved of it is its flash and result, the visitor is told by where the
 * answer leads; an error page would have him send the form again.
 */
function withoutNotices(exchange: Exchange, session: Session, error: unknown): undefined {
  const state = stateOf(session);
  const isOnlyNotice =
    !state.renewed && state.changedKeys().every((key) => /^_(?:flash|results)\//.test(key));
  if (!isOnlyNotice || !exchange.outcome || exchange.outcome.error) throw error;
  exchange.reportError(error);
  return undefined;
}

function merge(
  exchange: Exchange,
  answer: Answer,
  cookie: CookieChange | undefined,
  isTouched: boolean,
): Answer {
  if (cookie) exchange.cookies.set(cookie.name, cookie.value, cookie.options);
  const cookies = exchange.cookiesIfRead?.setCookieHeaders() ?? NO_COOKIES;
  const isPersonal = isTouched || cookies.length > 0 || exchange.isPersonal;
  if (!isPersonal && !exchange.hasHeaders && !exchange.noStore) return answer;
  const more: Array<readonly [string, string]> = cookies.map((value) => ['Set-Cookie', value] as const);
  if (exchange.hasHeaders) {
    for (const [name, value] of exchange.headers) more.push([name, value]);
  }
  // OWASP: a page with a token in it belongs to one visitor.
  if (exchange.noStore) more.push(['Cache-Control', 'no-cache, no-store, must-revalidate']);
  // RFC 9111 section 7.3: a shared cache that may keep an answer keeps its cookies, and hands them to the next visitor. So it
  // does with a flash or kept input that was read from a session in a store, and some keep what says nothing at all.
  else if (isPersonal && !isForOneVisitor(answer, more, exchange.isPersonal)) {
    more.push(['Cache-Control', 'private, no-cache']);
  }
  return withHeaders(answer, more);
}

/** Whether the answer says by itself that no other visitor gets it; `once`: nor the same visitor at his next visit. */
function isForOneVisitor(
  answer: Answer,
  more: ReadonlyArray<readonly [string, string]>,
  once: boolean,
): boolean {
  const own = more.findLast(([name]) => name.toLowerCase() === 'cache-control')?.[1];
  const control = own ?? headerOf(answer, 'cache-control') ?? '';
  return (once ? /\bno-store\b/i : /\b(?:private|no-store)\b/i).test(control);
}
