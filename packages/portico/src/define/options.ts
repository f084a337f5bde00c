import type { OnceStore } from '../http/once/once-store.ts';
import type { RateLimitStore } from '../http/rate-limit.ts';
import type { SessionStore } from '../http/session/session-store.ts';
import type { CorsOptions } from '../http/cors.ts';
import type { ActionError } from '../wire/error.ts';
import type { BodyOptions } from './action.ts';
import type { PorticoContext, PorticoUser, RequestMiddleware } from './context.ts';
import type { ObservedRequest } from './observed-request.ts';
import type { ActionTree } from './tree.ts';

/** What a plugin is told of the app it became part of. */
export interface MountedApp {
  readonly actions: ActionTree;
  /** Answers as the app does behind a host without pages. */
  fetch(request: Request, info?: { readonly clientAddress?: string | undefined }): Promise<Response>;
}

/** Answers requests of any method at a path of a plugin's. Portico checks no CSRF for it; `ctx` has session and user. */
export type Endpoint = (ctx: PorticoContext) => Response | Promise<Response>;

/** Who may be signed in as, for tools of development. */
export interface People {
  /** The first few whose name or the like holds `search`; all where it is empty. */
  list(search: string): Promise<ReadonlyArray<{ readonly id: string; readonly label: string }>>;
  /** Signs a user in to the session of `ctx`, as a login does. Default: sets `ctx.session.userId`. Throws for one who is not there. */
  signIn?(ctx: PorticoContext, id: string): void | Promise<void>;
}

/** A set of ready-made actions and what they need around them, merged with the app's own. */
export interface Plugin<Tree extends ActionTree = ActionTree> {
  readonly actions?: Tree;
  readonly use?: readonly RequestMiddleware[];
  readonly routes?: Readonly<Record<string, string>>;
  /** The signed-in user, where the app itself gives no `user`. */
  readonly user?: PorticoOptions['user'];
  /**
   * What it adds to every context: `{ can: (ctx) => (permission: string) => … }`. Each value is made when it is first
   * read. Declare the types by augmenting `PorticoContext`.
   */
  readonly context?: Readonly<Record<string, (ctx: PorticoContext) => unknown>>;
  /** Pages by path (`/login`) that are shown where the host has none: a host's page of that path goes first. */
  readonly pages?: Readonly<Record<string, (ctx: PorticoContext) => Response | Promise<Response>>>;
  /**
   * What it answers itself, before the host's pages are asked: by path (`/mcp`), or by what begins with one (`/_portico/*`);
   * of several that match, the longest. No action runs there by a name in the query or the body, unless the path is one of
   * the plugin's `pages`, too.
   */
  readonly endpoints?: Readonly<Record<string, Endpoint>>;
  /** Called at the end of `createPortico`, with the app. */
  readonly mounted?: (app: MountedApp) => void;
  /**
   * Told of each request of an action, once its answer is ready. What it throws is logged. Calls in process are no requests.
   */
  readonly observe?: (seen: ObservedRequest) => void;
  /** The users that the explorer can sign in as; nothing else asks. Of several plugins the first that has it. */
  readonly people?: People;
  /** Options it needs and the app may set otherwise. Those of `session` and `once` are merged one by one. */
  readonly defaults?: Pick<PorticoOptions, 'csrf' | 'limits' | 'once' | 'session' | 'siteUrl'>;
}

export interface SessionOptions {
  /** Where sessions live. Default: in one encrypted cookie of at most 3.5 KB. */
  readonly store?: SessionStore;
  /**
   * Where, if there is a store, the sessions of visitors live whose session has no `userId`. `'cookie'`: in their cookie, so
   * that a robot that looks at a form costs no row; signing in moves a session to the store. Default `'store'`.
   */
  readonly guests?: 'cookie' | 'store';
  /** Seconds without a request after which a session ends. Default 14 days. */
  readonly maxAge?: number;
  /** Seconds after which a session ends however busy it is. Default 90 days. */
  readonly absoluteMaxAge?: number;
  readonly sameSite?: 'lax' | 'strict' | 'none';
  readonly domain?: string;
  /** Without prefix: `__Host-` or `__Secure-` is put in front where it can be. Default `portico`. */
  readonly cookieName?: string;
  /** Whether cookies are `Secure`. Default: everywhere but on localhost. */
  readonly secure?: boolean;
}

export interface OnceOptions {
  /** Where the outcomes of `once` actions are kept. Default: the memory of this process. */
  readonly store?: OnceStore;
  /** For how many seconds a repeat finds the outcome. Default 24 hours. */
  readonly seconds?: number;
}

export interface Logger {
  error(message: string, details?: unknown): void;
  warn(message: string, details?: unknown): void;
}

export interface PorticoOptions<Tree extends ActionTree = ActionTree> {
  readonly actions?: Tree;
  readonly plugins?: readonly Plugin[];
  /**
   * What signs and encrypts: at least 32 characters each, the newest first; the others still verify. Default:
   * `PORTICO_SECRETS`, comma-separated. Without any, production refuses to start.
   */
  readonly secrets?: readonly string[];
  /** The signed-in user of a request, or null. Asked once per request. */
  readonly user?: (
    ctx: PorticoContext,
  ) => PorticoUser | null | undefined | Promise<PorticoUser | null | undefined>;
  /** Around every request Portico sees, pages and actions. Plugins' come first. */
  readonly use?: readonly RequestMiddleware[];
  /** `'POST /products/:id': 'products.save'`: controller-style doors at paths of your own. */
  readonly routes?: Readonly<Record<string, string>>;
  /** The path the app lives under: `/shop`. Default: the root. */
  readonly base?: string;
  /** The site's public origin, for absolute URLs. Default: the request's own. */
  readonly siteUrl?: string;
  /** Origins whose forms are accepted beside the site's own. A function is asked at each request. */
  readonly trustedOrigins?: readonly string[] | ((origin: string) => boolean);
  /** Addresses, CIDR ranges, `'loopback'` or `'private'`: proxies whose `X-Forwarded-*` headers count. */
  readonly trustedProxies?: readonly string[];
  /** Other origins that may read answers from scripts. Off by default. */
  readonly cors?: CorsOptions;
  /** `'auto'` (headers, else a token), `'token'` (always a token but on the rpc door), `'origin'` (headers only). */
  readonly csrf?: 'auto' | 'token' | 'origin';
  readonly csrfTokenName?: string;
  /** `false`: no sessions, no flash, no results after a redirect. */
  readonly session?: SessionOptions | false;
  /** Where rate limits count. Default: the memory of this process. */
  readonly limits?: RateLimitStore;
  /** Where and how long outcomes of actions with `once` are kept. */
  readonly once?: OnceOptions;
  /** Defaults for every action's `body`. */
  readonly body?: BodyOptions;
  /** Folder for uploads while their request lasts. Default: the system's temporary folder. */
  readonly uploadDir?: string;
  /** After a successful form: `'redirect'` (303, result in the session), or `'render'` the page in place, as Astro does. */
  readonly forms?: 'redirect' | 'render';
  /** Status of a page rendered again because of input errors. Default 422. */
  readonly formFailureStatus?: number;
  /** Status for another verb than the action's on the controller doors. Default 400, as Craft documents. */
  readonly wrongVerbStatus?: number;
  /** First path segment of the controller door. Default `actions`; `false` turns it off. */
  readonly actionTrigger?: string | false;
  /** Query and body parameter of the controller doors. Default `action`; `false` turns them off. */
  readonly actionParam?: string | false;
  /** Refuse actions that do not say who may call them. */
  readonly requireAccess?: boolean;
  /** Show foreign errors to the client. Default: `NODE_ENV` is `development` or `test`. */
  readonly dev?: boolean;
  readonly logger?: Logger;
  /** Told of every error that was not meant for the client. Default: the logger. */
  readonly onError?: (error: unknown, ctx: PorticoContext) => void;
  /** The page for an error that no page of the app can show. */
  readonly errorPage?: (error: ActionError, ctx: PorticoContext) => Response | Promise<Response>;
}
