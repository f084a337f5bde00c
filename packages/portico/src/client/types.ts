import type { ActionObject, ActionTypes } from '../define/action.ts';
import type { ActionError } from '../wire/error.ts';
import type { ErrorOf } from '../wire/result.ts';

/**
 * What can go wrong before an answer of Portico is there. `status` is 0, except for `UNEXPECTED_RESPONSE`:
 * there it is that of the answer that came, such as 200 for a login page or 502 for a proxy's error page.
 */
export type ClientErrorCode = 'NETWORK_ERROR' | 'ABORTED' | 'TIMEOUT' | 'UNEXPECTED_RESPONSE';

/** Every error a call can resolve with. */
export type ClientErrorOf<Own> = ErrorOf<Own> | ActionError<ClientErrorCode, undefined>;

/** What came of a call. Check `error` and the type of `data` is known. */
export type ClientResult<Data, Own = {}> =
  | { data: Data; error: undefined; redirect?: string | undefined }
  | { data: undefined; error: ClientErrorOf<Own>; redirect?: undefined };

export interface CallOptions {
  /** Ends the call early, with the error `ABORTED` (`TIMEOUT` if the signal timed out). */
  readonly signal?: AbortSignal | undefined;
  /** Stand above the client's own. */
  readonly headers?: HeadersInit | undefined;
  /** Lets the request outlive the page. Browsers take at most 64 KiB then. */
  readonly keepalive?: boolean | undefined;
  /**
   * Names the call for actions with `once`: a call of the same input with the same key gets the answer of the first. 8 to 255
   * visible characters. Default: a new one for each call; give one to try again after `NETWORK_ERROR` or `TIMEOUT`.
   */
  readonly idempotencyKey?: string | undefined;
  /** For actions that read: the input goes into the query string, and the answer may come from the cache. */
  readonly method?: 'GET' | undefined;
}

export interface ClientOptions {
  /**
   * What stands before `/_actions`: the app's `base`, an origin, or both. Needed on a server, where no page
   * gives the origin.
   */
  readonly baseUrl?: string | undefined;
  /** Sent with every call; a function is asked anew for each one. */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Takes the place of the global `fetch`: for credentials, tracing, or `portico.fetch` itself. */
  readonly fetch?: ((request: Request) => Response | Promise<Response>) | undefined;
  /** Milliseconds for a whole call, the reading of its answer included. Default: none. */
  readonly timeout?: number | undefined;
}

type Arguments<Input> = undefined extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

type CallInputOf<T extends ActionTypes> = T['call'] | ('json' extends T['accept'] ? never : FormData);

/** One action as a function. */
export type Caller<A> = A extends ActionObject<infer T> ? TypedCaller<T> : never;

/** What `Caller` is, by the types of the action. */
export interface TypedCaller<T extends ActionTypes> {
  /** Calls the action. Never rejects: whatever goes wrong is the result's `error`. */
  (...args: Arguments<CallInputOf<T>>): Promise<ClientResult<T['output'], T['errors']>>;
  /** Calls the action and returns its data; rejects with the error. */
  orThrow(...args: Arguments<CallInputOf<T>>): Promise<T['output']>;
  /** `?_action=NAME`, what a form's `action` needs to reach the action without JavaScript. */
  readonly queryString: string;
  /** The URL that a call goes to. */
  readonly path: string;
  /** The same as `queryString`. */
  toString(): string;
}

// By the types of the action and not by the action: half the instantiations of a call (test/types/budget.test.ts).
type Callers<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends ActionObject<infer T> ? TypedCaller<T> : Callers<Tree[Key]>;
};

// An app has `wrap`, a function, beside its actions; in a tree nothing is a function, so one may have a
// branch `actions`.
interface App {
  readonly actions: object;
  readonly wrap: (...args: never[]) => unknown;
}

/** The actions of an app (`typeof portico`) or of a tree (`typeof server`) as functions. */
export type Client<T> = Callers<T extends App ? T['actions'] : T>;
