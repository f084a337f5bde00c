import { appOf, type Portico } from '../app.ts';
import type { ActionErrors, ActionOutput, AnyAction, CallInput } from '../define/action.ts';
import { actionName } from '../define/action-name.ts';
import type { PorticoContext } from '../define/context.ts';
import { callOver } from '../client/call.ts';
import { encodeForm } from '../client/encode-form.ts';
import { toJson } from '../client/to-json.ts';
import type { ClientResult } from '../client/types.ts';
import { controllerName } from '../forms/controller-path.ts';
import { csrfToken } from '../forms/csrf.ts';
import { newOnceId } from '../http/once/once-id.ts';
import { CSRF_HEADER, FORM_ID_FIELD, JSON_TYPE, ONCE_FIELD, ONCE_HEADER, PAGE_PARAM } from '../wire/names.ts';
import { Browser, ELSEWHERE, type Visitor } from './browser.ts';
import { CookieJar } from '../lib/cookie-jar.ts';
import { formBody, type Fields } from './form-body.ts';
import type { TestAnswer } from './test-answer.ts';

export interface TestClientOptions {
  /** Renders the pages around the actions. Default: an empty page for every GET. */
  readonly pages?: (request: Request) => Response | Promise<Response>;
  /** The site's origin, and the path it lives under if the app has a `base`. Default: `http://localhost`. */
  readonly baseUrl?: string;
  /**
   * Who sends the requests. Default: `'same-origin'`, a page of the site in a browser. Every visitor sends all cookies,
   * whatever their `SameSite` says, so that what refuses a forgery is Portico and not the browser.
   */
  readonly visitor?: Visitor;
  /** Whether redirects within the site are followed, up to 10. Default: true. */
  readonly follow?: boolean;
  readonly clientAddress?: string;
  /** The app's `actionTrigger`. Default: `actions`. */
  readonly actionTrigger?: string;
}

export interface FormOptions {
  /** The page the form stands on. Default: `/`. */
  readonly page?: string;
  /** Tells it from other forms of the action on that page. */
  readonly id?: string;
  readonly headers?: HeadersInit;
}

export interface ControllerOptions {
  /** Asks for JSON. Default: false, the answer is HTML or a redirect. */
  readonly json?: boolean;
  /** How the fields travel. Default: as JSON where an action is passed that takes nothing else, else as a form. */
  readonly send?: 'form' | 'json';
  /** Default: `POST`. With `GET` the fields go into the query. */
  readonly method?: 'GET' | 'POST';
  /** Posts the form to this page, with the action in the body field `action`, instead of to the action's path. */
  readonly page?: string;
  /** The page the visitor comes from, for the `Referer`. */
  readonly from?: string;
  readonly headers?: HeadersInit;
}

/** One visitor of an app: calls its actions through any door, without a socket. */
export interface TestClient {
  /** The visitor's cookies, by name; they may be changed. */
  readonly cookies: Map<string, string>;
  /** A typed call, as the browser's client makes it. Never rejects. */
  rpc<A extends AnyAction>(
    action: A,
    input?: CallInput<A> | FormData,
    options?: { readonly headers?: HeadersInit; readonly method?: 'GET' },
  ): Promise<ClientResult<ActionOutput<A>, ActionErrors<A>>>;
  /** Posts a form of the action to its page. */
  form(action: AnyAction, fields?: Fields, options?: FormOptions): Promise<TestAnswer>;
  /** Calls an action controller style, by its path or by the name: `users/save-user`. */
  controller(action: AnyAction | string, fields?: Fields, options?: ControllerOptions): Promise<TestAnswer>;
  get(path: string, headers?: HeadersInit): Promise<TestAnswer>;
  post(path: string, body?: BodyInit | null, headers?: HeadersInit): Promise<TestAnswer>;
  /** Runs `read` as a page of the app would run, with this visitor's context. Rejects where middleware lets no page be shown. */
  read<T>(read: (ctx: PorticoContext) => T, path?: string): Promise<Awaited<T>>;
  /** The flash messages that wait for the next page. They stay. */
  flashes(): Promise<Record<string, string>>;
  /** A CSRF token of this visitor's, for a form or the header `X-CSRF-Token`. */
  csrfToken(): Promise<string>;
}

// No app has a page here, so nothing that waits for a page is used up by reading.
const NO_PAGE = '/_portico/test';

const emptyPage = (): Response =>
  new Response('', { headers: { 'content-type': 'text/html; charset=utf-8' } });

/**
 * A visitor for tests: keeps cookies, follows redirects, reads flashes. Everything goes through `portico.wrap`, so the
 * actions run as they do behind a server.
 */
export function createTestClient(portico: Portico<unknown>, options: TestClientOptions = {}): TestClient {
  const app = portico as Portico;
  const { mounted, settings } = appOf(app);
  const { csrf, csrfTokenName, keyring } = settings;
  const { pages = emptyPage, visitor = 'same-origin', follow = true, actionTrigger = 'actions' } = options;
  const { origin, pathname } = new URL(options.baseUrl ?? 'http://localhost');
  const info = { clientAddress: options.clientAddress ?? '127.0.0.1' };
  const cookies = new CookieJar();
  const wrapped = app.wrap(pages);
  const browser = new Browser({
    origin,
    visitor,
    follow,
    cookies,
    answer: (request) => wrapped(request, info),
  });
  const call = callOver({
    fetch: async (request) => {
      const body = request.body === null ? null : await request.arrayBuffer();
      return browser.respond(new URL(request.url), {
        method: request.method,
        headers: request.headers,
        body,
      });
    },
  });

  function get(path: string, headers?: HeadersInit): Promise<TestAnswer> {
    return browser.send(path, { method: 'GET', headers: new Headers(headers), body: null });
  }

  function post(path: string, body: BodyInit | null = null, headers?: HeadersInit): Promise<TestAnswer> {
    return browser.send(path, { method: 'POST', headers: new Headers(headers), body });
  }

  async function read<T>(reader: (ctx: PorticoContext) => T, path: string = NO_PAGE): Promise<Awaited<T>> {
    let found: { readonly value: Awaited<T> } | undefined;
    const page = app.wrap(async (request) => {
      found = { value: await reader(app.context(request)) };
      return emptyPage();
    });
    const reading = new Browser({
      origin,
      visitor,
      follow,
      cookies,
      answer: (request) => page(request, info),
    });
    const answer = await reading.once(new URL(path, origin), {
      method: 'GET',
      headers: new Headers(),
      body: null,
    });
    if (found) return found.value;
    throw new Error(
      `No page was shown at ${path}: the app answered ${answer.status} itself. Pass a path that it lets through.`,
    );
  }

  /** What a form of the site brings along where every form must: only a strange site's page has no token. */
  async function tokenFields(fields: Fields): Promise<Record<string, string>> {
    const isOwnPage = csrf === 'token' && visitor === 'same-origin';
    if (!isOwnPage || hasField(fields, csrfTokenName)) return {};
    return { [csrfTokenName]: await read(csrfToken) };
  }

  /** The id that a page prints into its forms of an action with `once`: a new one each time, as if from another page. */
  function onceField(action: AnyAction | undefined, fields: Fields): Record<string, string> {
    if (!action || action.definition.once === false || hasField(fields, ONCE_FIELD)) return {};
    return { [ONCE_FIELD]: newOnceId(keyring) };
  }

  async function controller(
    action: AnyAction | string,
    fields: Fields = {},
    given: ControllerOptions = {},
  ): Promise<TestAnswer> {
    const name = controllerName(action);
    const headers = new Headers(given.headers);
    if (given.json === true) headers.set('accept', JSON_TYPE);
    if (given.from !== undefined)
      headers.set('referer', (visitor === 'cross-site' ? ELSEWHERE : origin) + given.from);
    const path = `${pathname.replace(/\/$/, '')}/${actionTrigger}/${name}`;
    if (given.method === 'GET') return get(`${path}?${String(formBody(fields))}`, headers);
    const takesOnlyJson = typeof action !== 'string' && action.definition.accept === 'json';
    if ((given.send ?? (takesOnlyJson ? 'json' : 'form')) === 'json') {
      headers.set('content-type', JSON_TYPE);
      const [token] = Object.values(await tokenFields({}));
      if (token !== undefined && !headers.has(CSRF_HEADER)) headers.set(CSRF_HEADER, token);
      const target = given.page === undefined ? path : `${given.page}?action=${name}`;
      return post(target, toJson(fields) ?? null, headers);
    }
    const token = headers.has(CSRF_HEADER) ? {} : await tokenFields(fields);
    const known = [...mounted.keys()].find((candidate) => controllerName(candidate) === name);
    const own = { ...token, ...(headers.has(ONCE_HEADER) ? {} : onceField(known, fields)) };
    if (given.page === undefined) return post(path, formBody(fields, own), headers);
    return post(given.page, formBody(fields, { ...own, action: name }), headers);
  }

  return {
    cookies,
    get,
    post,
    read,
    controller,
    rpc: (async (
      action: AnyAction,
      input: unknown,
      given: { headers?: HeadersInit; method?: 'GET' } = {},
    ) => {
      const takesForm = action.definition.accept === 'form' && !(input instanceof FormData);
      return call(origin + action.path, takesForm ? encodeForm(input ?? {}) : input, given);
    }) as TestClient['rpc'],
    async form(action, fields = {}, given = {}) {
      const page = new URL(given.page ?? '/', origin);
      page.searchParams.set(PAGE_PARAM, actionName(action));
      const id: Record<string, string> = given.id === undefined ? {} : { [FORM_ID_FIELD]: given.id };
      const once = new Headers(given.headers).has(ONCE_HEADER) ? {} : onceField(action, fields);
      const body = formBody(fields, { ...(await tokenFields(fields)), ...once, ...id });
      return post(page.pathname + page.search, body, given.headers);
    },
    flashes: () => read((ctx) => ctx.flash.all()),
    csrfToken: () => read(csrfToken),
  };
}

function hasField(fields: Fields, name: string): boolean {
  const isForm = fields instanceof FormData || fields instanceof URLSearchParams;
  return isForm ? fields.has(name) : Object.hasOwn(fields, name);
}
