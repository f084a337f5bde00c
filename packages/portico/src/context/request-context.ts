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
import type { UntypedResult } from '../wire/result.ts';
import type { Exchange } from './exchange.ts';

/** What a context offers that stands above it: running other actions, describing a form, finding a form's result. */
export interface ContextServices {
  call(exchange: Exchange, action: AnyAction, input: unknown): Promise<UntypedResult>;
  form(context: RequestContext, action: AnyAction, options: unknown): unknown;
  getActionResult(
    exchange: Exchange,
    action: AnyAction,
    formId: string | undefined,
  ): UntypedResult | undefined;
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

let exchangeInside: (value: unknown) => Exchange | undefined;

// RFC 9110 section 15.4: those that send a client on by themselves.
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The context of handlers, middleware and pages. A view of the exchange: each property is made when it is first read, since
 * most calls read two or three of them.
 */
export class RequestContext {
  action: ActionInfo | undefined;
  params: Readonly<Record<string, string>> = NO_PARAMS;
  recordedRedirect: RecordedRedirect | undefined = undefined;
  recordedRender: RecordedRender | undefined = undefined;
  message: string | undefined = undefined;
  /** Set where there is middleware that could ask for it. */
  pending: PendingAction | undefined = undefined;
  /** What middleware set as the result of this very call. */
  replacement: UntypedResult | undefined = undefined;
  readonly #exchange: Exchange;
  readonly #services: ContextServices;
  #status: number | undefined;
  #locals: PorticoLocals | undefined;
  #variables: PageVariables | undefined;

  static {
    exchangeInside = (value) =>
      typeof value === 'object' && value !== null && #exchange in value ? value.#exchange : undefined;
  }

  constructor(exchange: Exchange, action: ActionInfo | undefined, services: ContextServices) {
    this.#exchange = exchange;
    this.action = action;
    this.#services = services;
  }

  get status(): number | undefined {
    return this.#status;
  }
  set status(status: number | undefined) {
    if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
      throw new RangeError(
        `ctx.status cannot be ${String(status)}: it is the status of an answer, 200 to 599.`,
      );
    }
    this.#status = status;
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
    const { page, incoming } = this.#exchange;
    return page ?? incoming.request;
  }
  get url(): URL {
    return this.#exchange.url;
  }
  get user(): PorticoUser | null {
    return this.#exchange.user;
  }
  get cookies(): ContextCookies {
    return this.#exchange.cookies;
  }
  get session(): ContextSession {
    return this.#exchange.session;
  }
  get flash(): ContextFlash {
    return this.#exchange.flash;
  }
  get headers(): Headers {
    return this.#exchange.headers;
  }
  get clientAddress(): string | undefined {
    return this.#exchange.client.address;
  }
  get signal(): AbortSignal {
    return this.#exchange.incoming.signal;
  }
  get requestId(): string {
    return this.#exchange.requestId;
  }
  get isAjax(): boolean {
    return this.#exchange.incoming.header('x-requested-with')?.toLowerCase() === 'xmlhttprequest';
  }
  get wantsJson(): boolean {
    return this.action?.door === 'rpc' || this.#exchange.wantsJson;
  }
  get isPrecognitive(): boolean {
    // What such a request calls in process does run.
    return this.#exchange.precognition !== undefined && this.action?.door !== 'server';
  }
  get host(): unknown {
    return this.#exchange.incoming.host;
  }

  redirect(to: string, status?: number): void {
    if (status !== undefined && !REDIRECTS.has(status)) {
      throw new RangeError(
        `ctx.redirect cannot answer with ${status}: it takes ${[...REDIRECTS].join(', ')}.`,
      );
    }
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

  call(action: AnyAction, input?: unknown): Promise<UntypedResult> {
    return this.#services.call(this.#exchange, action, input);
  }

  callAction(action: AnyAction, input?: unknown): Promise<UntypedResult> {
    return this.#services.call(this.#exchange, action, input);
  }

  getActionResult(action: AnyAction, options?: { id?: string }): UntypedResult | undefined {
    return this.#services.getActionResult(this.#exchange, action, options?.id);
  }

  after(promise: Promise<unknown>): void {
    // A rejection before anybody waits would end the process.
    promise.catch(() => undefined);
    this.#exchange.addAfterwards(promise);
  }
}

/** The exchange behind a context of ours. Throws for anything else. */
export function exchangeOf(ctx: unknown): Exchange {
  const exchange = exchangeInside(ctx);
  if (exchange) return exchange;
  throw new TypeError(
    'This is not a context of Portico. Pass the handler’s ctx, or in a page portico.context(request) or ' +
      'c.var.portico.',
  );
}

/** Whether a value is a context of ours. */
export function isContext(value: unknown): value is RequestContext {
  return exchangeInside(value) !== undefined;
}

/** The class as its users see it. Its methods are generic there; here they handle whatever comes. */
export function asPublic(context: RequestContext): ActionContext & RequestContext {
  return context as unknown as ActionContext & RequestContext;
}
