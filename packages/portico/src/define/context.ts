import type { ActionErrorCode } from '../wire/codes.ts';
import type { SafeResult } from '../wire/result.ts';
import type { Form, FormInput, FormOptions } from '../forms/form-types.ts';
import type { InferInput, StandardSchema } from '../schema/standard.ts';
import type { ActionInput, AnyAction, CallInput, ActionOutput, ActionErrors, ErrorMap } from './action.ts';

/**
 * The signed-in user as the app's `user` function returns it. It has no properties until you give it yours:
 * `declare module 'portico' { interface PorticoUser { id: string; name: string } }`.
 */
export interface PorticoUser {}

/** What the host and middleware put aside for one request. Give it a shape by augmenting this interface. */
export interface PorticoLocals {
  [key: string]: unknown;
}

/** The way in: a typed call, a form on its own page, a controller-style path or route, a call in process. */
export type DoorName = 'rpc' | 'page' | 'path' | 'server';

export interface ActionInfo {
  /** The canonical dotted path in the tree, whatever spelling the request used. */
  readonly name: string;
  readonly door: DoorName;
}

export interface CookieOptions {
  domain?: string;
  expires?: Date;
  httpOnly?: boolean;
  /** Seconds. */
  maxAge?: number;
  path?: string;
  sameSite?: 'lax' | 'strict' | 'none';
  secure?: boolean;
  partitioned?: boolean;
}

export interface ContextCookies {
  /** A cookie of the request, or as set earlier in this very request. */
  get(name: string): { readonly value: string } | undefined;
  has(name: string): boolean;
  set(name: string, value: string, options?: CookieOptions): void;
  delete(name: string, options?: Pick<CookieOptions, 'domain' | 'path'>): void;
}

/** How long one session lives. */
export interface SessionLifetimeOptions {
  /** Seconds without a request after which it ends. */
  readonly maxAge?: number;
  /** Seconds after which it ends however busy it is. */
  readonly absoluteMaxAge?: number;
  /** The cookie ends with the browser (RFC 6265bis section 5.5: no `Max-Age`); the server's times count as well. */
  readonly untilBrowserCloses?: boolean;
}

export interface ContextSession {
  get<T = unknown>(key: string): T | undefined;
  /** Values are plain JSON; anything JSON would change is refused with an error that names the key. */
  set(key: string, value: unknown): void;
  has(key: string): boolean;
  delete(key: string): void;
  /** Of all entries but Portico's own. */
  keys(): string[];
  /** Gives the session a new id and keeps its data: call it whenever who is signed in changes (OWASP: session fixation). */
  regenerate(): void;
  /** The signed-in user's id: setting another one also gives the session a new id. Lets a store list a user's sessions. */
  userId: string | undefined;
  /** When it ends unless it is used, in epoch milliseconds, as this request found it; `undefined` for a new session. */
  readonly expiresAt: number | undefined;
  /** Gives this session another lifetime than the app's, and a new id. What is left out is the app's. */
  setLifetime(lifetime: SessionLifetimeOptions): void;
  /** This request does not count as use: the session ends when it would have ended without it. */
  keepExpiry(): void;
  /** Ends the session and forgets its data. */
  destroy(): void;
}

export interface ContextFlash {
  /** Kept until it is read once, in this request or a later one. */
  set(key: string, message: string): void;
  /** Reads a message and forgets it. */
  get(key: string): string | undefined;
  /** All messages; `delete: true` forgets them. */
  all(options?: { delete?: boolean }): Record<string, string>;
}

/** What is submitted under `ctx.variables` for the page that is rendered after a failed form. */
export interface SubmittedModel {
  readonly [field: string]: unknown;
  getErrors(field?: string): string[];
  hasErrors(field?: string): boolean;
}

export interface PageVariables {
  [name: string]: unknown;
  errors?: Record<string, string[]>;
  /** What is wrong with the form as a whole, if anything is. */
  formErrors?: string[];
  message?: string;
}

/**
 * What a handler, middleware and a page see of a request. An explicit argument everywhere: nothing of it is ambient.
 * Apps and plugins type what they add by augmenting this interface.
 */
export interface PorticoContext {
  /** The action of this request; `undefined` on a page that no action was called on. */
  readonly action: ActionInfo | undefined;
  readonly request: Request;
  readonly url: URL;
  /** Parameters of the matched route. */
  readonly params: Readonly<Record<string, string>>;
  readonly locals: PorticoLocals;
  /** What the app's `user` function returned for this request; `null` for a guest. */
  readonly user: PorticoUser | null;
  readonly cookies: ContextCookies;
  readonly session: ContextSession;
  readonly flash: ContextFlash;
  /** Headers of the response. */
  readonly headers: Headers;
  /** Status of a successful answer; `undefined` leaves it to the door. */
  status: number | undefined;
  /** What a success says instead of the action's `messages.success`. A signed `successMessage` of the form goes first. */
  message: string | undefined;
  /** The client's address; through a proxy only if `trustedProxies` names it. `undefined` where the host cannot know. */
  readonly clientAddress: string | undefined;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Names the request in logs and in the answer to an unexpected error. */
  readonly requestId: string;
  /** Whether the request says `X-Requested-With: XMLHttpRequest`. */
  readonly isAjax: boolean;
  /** Whether the answer to this request is JSON: a typed call, or an `Accept` that names `application/json` or `application/*`. */
  readonly wantsJson: boolean;
  /**
   * Whether the request only asks what would be refused (`Precognition: true`): access, limits, validation and middleware run,
   * the handler does not, and `next()` gives `undefined`. For middleware that counts, records or uses the result.
   */
  readonly isPrecognitive: boolean;
  /** The host's own context, such as Hono's `c`. */
  readonly host: unknown;
  /** For the page rendered after a failed form: the model under its name, `errors`, `message`, what the action added. */
  readonly variables: PageVariables;
  /** Records where to go; the handler goes on and its data is still sent on the rpc door. Default status 303. */
  redirect(to: string, status?: 301 | 302 | 303 | 307 | 308): void;
  /** Has the host render another page of this site as the answer, with these variables. */
  render(path: string, variables?: Record<string, unknown>): void;
  /** Runs another action in this request: access, validation and middleware, but no CSRF check. Never rejects. */
  call<A extends AnyAction>(
    action: A,
    input?: CallInput<A> | FormData,
  ): Promise<SafeResult<ActionOutput<A>, ActionErrors<A>>>;
  /** The same as `call`, by its name in pages. */
  callAction<A extends AnyAction>(
    action: A,
    input?: CallInput<A> | FormData,
  ): Promise<SafeResult<ActionOutput<A>, ActionErrors<A>>>;
  /**
   * The result of a form of this action that was posted to this page, or before the redirect that led here (read once).
   * `undefined` when there was none. `id` picks one of several forms of the action.
   */
  getActionResult<A extends AnyAction>(
    action: A,
    options?: { id?: string },
  ): SafeResult<ActionOutput<A>, ActionErrors<A>> | undefined;
  /** A form of an action on this page: attributes, hidden fields, and each field with its value and errors. */
  form<A extends AnyAction, Schema extends StandardSchema | undefined = undefined>(
    action: A,
    options?: FormOptions<FormInput<ActionInput<A>, Schema>, Schema>,
  ): Form<FormInput<ActionInput<A>, Schema>>;
  /** Keeps the request's resources until the promise settles, after the answer has gone out. Rejections are logged. */
  after(promise: Promise<unknown>): void;
}

type DataOfError<Definition> = Definition extends { readonly data: infer S extends StandardSchema }
  ? InferInput<S>
  : undefined;

/** What goes with a code: its data where the error has a schema for it, else anything or nothing. */
type FailArguments<Errors, Code> = Code extends keyof Errors
  ? DataOfError<Errors[Code]> extends undefined
    ? [data?: undefined, message?: string]
    : [data: DataOfError<Errors[Code]>, message?: string]
  : [data?: unknown, message?: string];

/** The context of a handler: everything of a request, and `fail` typed by the action's own errors. */
export interface ActionContext<Errors extends ErrorMap = {}> extends PorticoContext {
  readonly action: ActionInfo;
  /** Throws one of the action's own errors, or one of the IANA codes. Write `return ctx.fail(…)`, so that types narrow. */
  fail<Code extends (keyof Errors & string) | ActionErrorCode>(
    code: Code,
    ...rest: FailArguments<Errors, Code>
  ): never;
}

/** `use` of an action: around its handler, after validation. `next()` gives what the handler returned. */
export type ActionMiddleware = (ctx: ActionContext, next: () => Promise<unknown>) => unknown;

/** `use` of an app or plugin: around every request Portico sees, page or action, as Astro's `onRequest` is. */
export type RequestMiddleware = (
  ctx: PorticoContext,
  next: () => Promise<Response>,
) => Response | undefined | void | Promise<Response | undefined | void>;
