import { withHeaders, type Answer } from '../http/reply.ts';
import { stateOf, type Session } from '../http/session.ts';
import { isPromise } from '../lib/promise.ts';
import { unexpectedError } from '../context/unexpected-error.ts';
import type { CookieChange } from '../http/session-cookie.ts';
import type { Exchange } from '../context/exchange.ts';

/**
 * Saves the session if it changed and puts cookies and headers of the context on the answer. Rejects where a store does;
 * throws `INTERNAL_SERVER_ERROR` for a session that cannot be kept, such as one too large for its cookie.
 */
export function commit(exchange: Exchange, answer: Answer): Answer | Promise<Answer> {
  const session = exchange.sessionIfLoaded;
  const { sessions } = exchange.settings;
  if (session && sessions) {
    let change: ReturnType<typeof sessions.commit>;
    try {
      change = sessions.commit(session, Date.now(), exchange.secureCookies);
    } catch (cause) {
      throw unexpectedError(exchange, cause);
    }
    if (isPromise(change)) {
      const saved = Promise.resolve(change).catch((error: unknown) => withoutNotices(exchange, session, error));
      return saved.then((cookie) => merge(exchange, answer, cookie));
    }
    return merge(exchange, answer, change);
  }
  return merge(exchange, answer, undefined);
}

/**
 * What an action did is done. If all that cannot be saved of it is its flash and result, the visitor is told by where the
 * answer leads; an error page would have him send the form again.
 */
function withoutNotices(exchange: Exchange, session: Session, error: unknown): undefined {
  const state = stateOf(session);
  const isOnlyNotice = !state.renewed && state.changedKeys().every((key) => /^_(?:flash|results)\//.test(key));
  if (!isOnlyNotice || !exchange.outcome || exchange.outcome.error) throw error;
  exchange.reportError(error);
  return undefined;
}

function merge(exchange: Exchange, answer: Answer, cookie: CookieChange | undefined): Answer {
  if (cookie) exchange.cookies.set(cookie.name, cookie.value, cookie.options);
  const cookies = exchange.cookiesIfRead?.setCookieHeaders() ?? [];
  if (cookies.length === 0 && !exchange.hasHeaders && !exchange.noStore) return answer;
  const more: Array<readonly [string, string]> = cookies.map((value) => ['Set-Cookie', value] as const);
  if (exchange.hasHeaders) {
    for (const [name, value] of exchange.headers) more.push([name, value]);
  }
  // OWASP: a page with a token in it belongs to one visitor.
  if (exchange.noStore) more.push(['Cache-Control', 'no-cache, no-store, must-revalidate']);
  return withHeaders(answer, more);
}
