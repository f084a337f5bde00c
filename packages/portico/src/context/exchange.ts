import { randomUUID } from 'node:crypto';
import type { PorticoUser } from '../define/context.ts';
import type { Outcome } from '../define/outcome.ts';
import type { Submission } from '../define/submission.ts';
import { Cookies } from '../http/cookies.ts';
import { csrfBinding } from '../http/csrf/csrf-token.ts';
import { Flash } from '../http/session/flash.ts';
import type { Incoming } from '../http/incoming.ts';
import { wantsJson } from '../http/negotiate.ts';
import type { Precognition } from '../http/precognition.ts';
import { clientOf, type ClientView } from '../http/proxies.ts';
import { Session } from '../http/session/session.ts';
import { isPromise } from '../lib/promise.ts';
import type { ActionError } from '../wire/error.ts';
import { NAVIGATES_HEADER, PAGE_PARAM } from '../wire/names.ts';
import type { UntypedResult } from '../wire/result.ts';
import { splitTarget, type Target } from '../http/target.ts';
import type { KeptInput } from '../outcome/kept-input.ts';
import { asPublic, type RequestContext } from './request-context.ts';
import type { Settings } from './settings.ts';

/** A failure beside the form it belongs to. */
export interface ShownFailure {
  readonly action: string;
  readonly formId: string | undefined;
  readonly error: ActionError;
}

/** Everything that is known of one request while it is answered. Only what is read is made. */
export class Exchange {
  readonly settings: Settings;
  readonly incoming: Incoming;
  /** As on the request line, percent-encoded. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  context!: RequestContext;
  user: PorticoUser | null = null;
  /** What came of this request's action, for the page that shows it. */
  outcome: Outcome | undefined;
  kept: KeptInput | undefined;
  /** Set where the request only asks what its action would refuse. */
  precognition: Precognition | undefined;
  /** The GET by which a page is rendered as the answer to a form: then it is what the page sees. */
  page: Request | undefined;
  /** The failure that the page is to show, of this request or of the one that was redirected here. */
  failure: ShownFailure | undefined;
  /** What was read of the body, even where it was refused afterwards. */
  submitted: Submission | undefined;
  /** Results that middleware set, by action name; they stand before the request's own. */
  get results(): Map<string, UntypedResult> {
    return (this.#results ??= new Map());
  }
  /** Results that the page has taken out of the session. */
  get taken(): Map<string, UntypedResult> {
    return (this.#taken ??= new Map());
  }
  /** Whether the one-time id that was sent has an outcome now, so that the form needs another one. */
  onceSpent = false;
  /** Headers that the answer must have because of what was read: a page with a token must not be cached. */
  noStore = false;
  /** The same of a page that is for one visitor, which only his browser may keep, for its back button. */
  isPersonal = false;
  #afterwards: Array<Promise<unknown>> | undefined;
  #disposals: Array<() => Promise<void>> | undefined;
  #results: Map<string, UntypedResult> | undefined;
  #taken: Map<string, UntypedResult> | undefined;
  #client: ClientView | undefined;
  #url: URL | undefined;
  #cookies: Cookies | undefined;
  #session: Session | undefined;
  #flash: Flash | undefined;
  #headers: Headers | undefined;
  #requestId: string | undefined;
  #wantsJson: boolean | undefined;

  constructor(settings: Settings, incoming: Incoming, path: string, search: string) {
    this.settings = settings;
    this.incoming = incoming;
    this.path = path;
    this.search = search;
  }

  /** Address, scheme and host of the client, seen through the proxies that are trusted. */
  get client(): ClientView {
    return (this.#client ??= clientOf(this.incoming, this.settings.proxies));
  }

  /** Whether the answer is to be JSON, by the Accept header. Whoever only asks wants no page, whatever it says. */
  get wantsJson(): boolean {
    return (this.#wantsJson ??= this.precognition !== undefined || wantsJson(this.incoming.header('accept')));
  }

  /** Whether a page follows a success: after a plain form always, after JSON as far as the client says so. */
  leadsToPage(redirects: boolean): boolean {
    if (!this.wantsJson) return true;
    const says = this.incoming.header(NAVIGATES_HEADER);
    return says === 'always' || (says === 'redirect' && redirects);
  }

  get origin(): string {
    return `${this.client.protocol}://${this.client.host}`;
  }

  get url(): URL {
    if (this.page) return new URL(this.page.url);
    return (this.#url ??= new URL(this.origin + this.incoming.target));
  }

  /** The path of the page that results wait for, which is another than the request's where that fetches a part of a page. */
  get shownPath(): string {
    return this.#shown.path;
  }

  /** Path and query of the page a form was posted to, without the parameters that name an action. */
  get pagePath(): string {
    const shown = this.#shown;
    const { search } = shown;
    // Two slashes at the start of a Location name a host (RFC 3986 section 4.2), and browsers take a backslash for a slash.
    const path = /^[\\/]{2}/.test(shown.path) ? shown.path.replace(/^[\\/]+/, '/') : shown.path;
    if (search === '') return path;
    if (search.startsWith(`?${PAGE_PARAM}=`) && !search.includes('&')) return path;
    const query = new URLSearchParams(search);
    query.delete(PAGE_PARAM);
    if (this.settings.actionParam !== false) query.delete(this.settings.actionParam);
    const rest = query.toString();
    return rest === '' ? path : `${path}?${rest}`;
  }

  get #shown(): Target {
    const { page } = this.incoming;
    return page === undefined ? this : splitTarget(page);
  }

  get requestId(): string {
    return (this.#requestId ??= randomUUID());
  }

  get headers(): Headers {
    return (this.#headers ??= new Headers());
  }

  get hasHeaders(): boolean {
    return this.#headers !== undefined;
  }

  get cookies(): Cookies {
    return (this.#cookies ??= new Cookies(this.incoming.header('cookie')));
  }

  /** The cookies, if anybody has looked at them. */
  get cookiesIfRead(): Cookies | undefined {
    return this.#cookies;
  }

  get hasSessions(): boolean {
    return this.settings.sessions !== undefined;
  }

  /** The session; a new, empty one where the request brought none. Nothing is sent until something is put in. */
  get session(): Session {
    if (this.#session) return this.#session;
    if (!this.settings.sessions) {
      throw new Error(
        'Sessions are off: createPortico has session: false. Remove that to use the session, flash or csrfInput.',
      );
    }
    return (this.#session = new Session());
  }

  get sessionIfLoaded(): Session | undefined {
    return this.#session;
  }

  get flash(): Flash {
    return (this.#flash ??= new Flash(this.session));
  }

  /** Reads the session that the request's cookie names. Without a cookie there is nothing to do, and nothing to wait for. */
  loadSession(): void | Promise<void> {
    const { sessions } = this.settings;
    if (!sessions || this.#session || this.incoming.header('cookie') === undefined) return;
    const cookie = this.cookies.get(sessions.cookieName(this.secureCookies))?.value;
    if (cookie === undefined) return;
    const loaded = sessions.load(cookie, Date.now());
    if (!isPromise(loaded)) {
      this.#session = loaded;
      return;
    }
    return Promise.resolve(loaded).then((session) => {
      this.#session = session;
    });
  }

  /** Asks the app who this is. A failure is no anonymous visitor: it answers 503. */
  loadUser(): void | Promise<void> {
    const { user } = this.settings;
    if (!user) return;
    const found = user(asPublic(this.context));
    if (!isPromise(found)) {
      this.user = found ?? null;
      return;
    }
    return Promise.resolve(found).then((value) => {
      this.user = value ?? null;
    });
  }

  /** `Secure` everywhere but on localhost, where browsers may be spoken to without TLS. */
  get secureCookies(): boolean {
    const { secureCookies } = this.settings;
    if (secureCookies !== undefined) return secureCookies;
    return this.client.protocol === 'https' || !isLocalhost(this.client.host);
  }

  /** What a CSRF token of this request is bound to. */
  get csrfBinding(): string {
    return csrfBinding(this.session.id, this.session.userId);
  }

  reportError(error: unknown): void {
    const { onError, logger } = this.settings;
    try {
      if (onError) onError(error, asPublic(this.context));
      else
        logger.error(
          `portico: ${this.incoming.method} ${this.path} failed (request ${this.requestId})`,
          error,
        );
    } catch (failure) {
      logger.error('portico: onError itself failed', failure);
    }
  }

  /** Work that goes on after the answer: `close` waits for it. */
  addAfterwards(promise: Promise<unknown>): void {
    (this.#afterwards ??= []).push(promise);
  }

  /** What gives files and the like back once the answer has gone out. */
  addDisposal(dispose: () => Promise<void>): void {
    (this.#disposals ??= []).push(dispose);
  }

  /** Waits for what `ctx.after` was given, then lets go of files. For the host, once the answer has gone out. */
  async close(): Promise<void> {
    const results = await Promise.allSettled(this.#afterwards ?? []);
    for (const result of results) {
      if (result.status === 'rejected') this.reportError(result.reason);
    }
    await Promise.allSettled((this.#disposals ?? []).map((dispose) => dispose()));
  }

  get needsClosing(): boolean {
    return this.#afterwards !== undefined || this.#disposals !== undefined;
  }
}

function isLocalhost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '[::1]';
}
