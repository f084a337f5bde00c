import type { AnyAction } from '../define/action.ts';
import type {
  ActionContext,
  ActionInfo,
  ContextCookies,
  ContextFlash,
  ContextSession,
  PageVariables,
  PorticoLocals,
  PorticoUser,
} from '../define/context.ts';
import type { Outcome, RecordedRedirect, RecordedRender } from '../define/outcome.ts';
import { ActionError } from '../wire/error.ts';
import type { SafeResult } from '../wire/result.ts';
import type { Exchange } from './exchange.ts';

/** What a context offers that stands above it: running other actions, describing a form, finding a form's result. */
export interface ContextServices {
  call(exchange: Exchange, action: AnyAction, input: unknown): Promise<SafeResult<unknown, {}>>;
  form(context: RequestContext, action: AnyAction, options: unknown): unknown;
  getActionResult(
    exchange: Exchange,
    action: AnyAction,
    formId: string | undefined,
  ): SafeResult<unknown> | undefined;
}

/** An action before it has run, for middleware that gates, runs or replaces it. */
export interface PendingAction {
  readonly name: string;
  readonly calledFrom: 'rpc' | 'form' | 'path' | 'server';
  /** Runs the action and gives its outcome; again at each call. */
  readonly run: () => Promise<Outcome>;
}

/** The parameters of a request that no route matched. */
export const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

const EXCHANGE = Symbol.for('portico.exchange');

/**
 * The context of handlers, middleware and pages. A view of the exchange: each property is made when it is first read, since
 * most calls read two or three of them.
 */
export class RequestContext {
  action: ActionInfo | undefined;
  params: Readonly<Record<string, string>> = NO_PARAMS;
  status: number | undefined = undefined;
  recordedRedirect: RecordedRedirect | undefined = undefined;
  recordedRender: RecordedRender | undefined = undefined;
  /** Set where there is middleware that could ask for it. */
  pending: PendingAction | undefined = undefined;
  /** What middleware set as the result of this very call. */
  replacement: SafeResult<unknown> | undefined = undefined;
  readonly [EXCHANGE]: Exchange;
  readonly #services: ContextServices;
  #locals: PorticoLocals | undefined;
  #variables: PageVariables | undefined;

  constructor(exchange: Exchange, action: ActionInfo | undefined, services: ContextServices) {
    this[EXCHANGE] = exchange;
    this.action = action;
    this.#services = services;
  }

  get locals(): PorticoLocals {
    return (this.#locals ??= {} as PorticoLocals);
  }
  set locals(locals: PorticoLocals) {
    this.#locals = locals;
  }
  get variables(): PageVariables {
    return (this.#variables ??= {});
  }
  get request(): Request {
    const { page, incoming } = this[EXCHANGE];
    return page ?? incoming.request;
  }
  get url(): URL {
    return this[EXCHANGE].url;
  }
  get user(): PorticoUser | null {
    return this[EXCHANGE].user;
  }
  get cookies(): ContextCookies {
    return this[EXCHANGE].cookies;
  }
  get session(): ContextSession {
    return this[EXCHANGE].session;
  }
  get flash(): ContextFlash {
    return this[EXCHANGE].flash;
  }
  get headers(): Headers {
    return this[EXCHANGE].headers;
  }
  get clientAddress(): string | undefined {
    return this[EXCHANGE].client.address;
  }
  get signal(): AbortSignal {
    return this[EXCHANGE].incoming.signal;
  }
  get requestId(): string {
    return this[EXCHANGE].requestId;
  }
  get isAjax(): boolean {
    return this[EXCHANGE].incoming.header('x-requested-with')?.toLowerCase() === 'xmlhttprequest';
  }
  get host(): unknown {
    return this[EXCHANGE].incoming.host;
  }

  redirect(to: string, status?: number): void {
    this.recordedRedirect = { to, status };
  }

  render(path: string, variables: Record<string, unknown> = {}): void {
    this.recordedRender = { path, variables };
  }

  fail(code: string, data?: unknown, message?: string): never {
    throw new ActionError({ code, data, message });
  }

  form(action: AnyAction, options?: unknown): unknown {
    return this.#services.form(this, action, options);
  }

  call(action: AnyAction, input?: unknown): Promise<SafeResult<unknown, {}>> {
    return this.#services.call(this[EXCHANGE], action, input);
  }

  callAction(action: AnyAction, input?: unknown): Promise<SafeResult<unknown, {}>> {
    return this.#services.call(this[EXCHANGE], action, input);
  }

  getActionResult(action: AnyAction, options?: { id?: string }): SafeResult<unknown, {}> | undefined {
    return this.#services.getActionResult(this[EXCHANGE], action, options?.id);
  }

  after(promise: Promise<unknown>): void {
    // A rejection before anybody waits would end the process.
    promise.catch(() => undefined);
    this[EXCHANGE].afterwards.push(promise);
  }
}

/** The exchange behind a context of ours. Throws for anything else. */
export function exchangeOf(ctx: unknown): Exchange {
  const exchange =
    typeof ctx === 'object' && ctx !== null ? (ctx as { [EXCHANGE]?: Exchange })[EXCHANGE] : undefined;
  if (exchange) return exchange;
  throw new TypeError(
    'This is not a context of Portico. Pass the handler’s ctx, or in a page portico.context(request), c.var.portico or ' +
      'Astro.locals.portico.',
  );
}

/** Whether a value is a context of ours. */
export function isContext(value: unknown): value is RequestContext {
  return typeof value === 'object' && value !== null && EXCHANGE in value;
}

/** The class as its users see it. Its methods are generic there; here they handle whatever comes. */
export function asPublic(context: RequestContext): ActionContext & RequestContext {
  return context as unknown as ActionContext & RequestContext;
}
