import type { InferInput, InferOutput, SchemaCheck, StandardSchema } from '../schema/standard.ts';
import type { ActionContext, ActionMiddleware, PorticoContext, PorticoUser } from './context.ts';
import type { DecodeKind } from '../schema/compile-plan.ts';
import type { Plan } from '../schema/plan.ts';

/** Which bodies an action takes: JSON, a form, or both. */
export type Accept = 'json' | 'form' | 'any';
type Verb = 'GET' | 'POST';

/** An error an action names as its own: `ctx.fail('TAKEN', { since })`. */
export interface ErrorDefinition {
  readonly status: number;
  readonly message?: string;
  /** Shape of the data that goes with it, to the client. */
  readonly data?: StandardSchema;
}
export type ErrorMap = Readonly<Record<string, ErrorDefinition>>;

type LimitKey = string | undefined;

export interface LimitOptions<Input = unknown> {
  /** Calls allowed within the window. */
  readonly points: number;
  /** Length of the window. */
  readonly seconds: number;
  /**
   * `'ip'` counts before the body is read, an IPv6 address by its first 64 bits, which one subscriber has to himself; a
   * function counts after validation, by the key it returns; `undefined` counts nothing.
   */
  readonly by: 'ip' | ((ctx: ActionContext, input: Input) => LimitKey | Promise<LimitKey>);
  /** Which requests count: `(ctx) => ctx.request.method === 'POST'` leaves out those that only look at the form. Default: all. */
  readonly when?: (ctx: ActionContext) => boolean;
}

export interface BodyOptions {
  /** Bytes of JSON, or of all text fields of a form. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Bytes of one file. Default 10 MiB. */
  readonly maxFileBytes?: number;
  /** Files in one form. Default 5. */
  readonly maxFiles?: number;
  /** Fields in one form. Default 1000. */
  readonly maxFields?: number;
}

/**
 * What proves that a request is no forgery. `'auto'`: headers, else a token. `'token'`: always a token but on the rpc door.
 * `'origin'`: headers only.
 */
type CsrfChoice = 'auto' | 'token' | 'origin';

export interface CacheOptions {
  /** Seconds. */
  readonly maxAge: number;
  readonly scope: 'private' | 'public';
}

/** `'public'`, `'user'`, or a function: exactly `true` lets the request in, anything else or a throw refuses it. */
export type Access = 'public' | 'user' | ((ctx: PorticoContext) => unknown);

type InputOf<A extends Accept, I> = I extends undefined
  ? A extends 'form'
    ? FormData
    : unknown
  : InferOutput<I>;
type CallOf<A extends Accept, I> = I extends undefined
  ? A extends 'form'
    ? FormData
    : unknown
  : InferInput<I>;
type ReturnOf<O> = O extends undefined ? unknown : InferInput<O> | Response;
type DataOf<O, D> = O extends undefined
  ? D extends void
    ? undefined
    : Exclude<D, Response>
  : InferOutput<O>;
type OwnErrors<E> = {
  [Code in keyof E]: E[Code] extends { readonly data: infer S extends StandardSchema }
    ? InferOutput<S>
    : undefined;
};

/** Where only users come in, there is one. */
type ContextOf<E extends ErrorMap, X> = X extends 'user'
  ? ActionContext<E> & { readonly user: PorticoUser }
  : ActionContext<E>;

export interface ActionOptions<
  A extends Accept,
  I,
  O,
  E extends ErrorMap,
  D,
  X extends 'public' | 'user' = 'public' | 'user',
> {
  /** Bodies it takes. Default `'json'`. */
  readonly accept?: A;
  /** Any Standard Schema. Without one the handler gets `FormData` for a form, the parsed JSON as `unknown` otherwise. */
  readonly input?: I & SchemaCheck<I>;
  /** Always run on what the handler returns; its result is what is sent. */
  readonly output?: O & SchemaCheck<O>;
  /** The action's own errors, thrown by `ctx.fail`. */
  readonly errors?: E;
  /** Who may call it. Default `'public'`; checked before the body is read. */
  readonly access?: X | ((ctx: PorticoContext) => unknown);
  /** What it does, in a sentence: for OpenAPI, MCP tools and the explorer. */
  readonly description?: string;
  /** It deletes or overwrites what cannot be had back. MCP clients are told, and may be made to ask a human first. */
  readonly destructive?: boolean;
  /**
   * A repeat of a submission is answered with the outcome of the first, and the handler runs once: `true` where the client
   * sends an id (forms by `onceInput(ctx)`, scripts by `Idempotency-Key`), `'required'` refuses those that send none.
   */
  readonly once?: boolean | 'required';
  /** Middleware around the handler. */
  readonly use?: readonly ActionMiddleware[];
  readonly limit?: LimitOptions<InputOf<A, I>> | ReadonlyArray<LimitOptions<InputOf<A, I>>>;
  readonly body?: BodyOptions;
  /** Another way to judge forgery than the app's `csrf`, for this request; `undefined` leaves it at that. */
  readonly csrf?: (ctx: PorticoContext) => CsrfChoice | undefined;
  /** `'POST'` by default. `'GET'` is for reading only: no CSRF check, no flash. */
  readonly method?: Verb | readonly Verb[];
  /** For GET: `Cache-Control`. An ETag comes by itself. */
  readonly cache?: CacheOptions;
  /** The property of the data that is the model in controller-style answers and redirect templates. */
  readonly model?: string;
  /** Flash texts of the form doors, `message` of controller-style JSON. */
  readonly messages?: { readonly success?: string; readonly failure?: string };
  /** Where a form goes after success unless it says otherwise: `/posts/{slug}`. */
  readonly redirect?: string;
  /** For schemas that cannot describe themselves: how a field decodes, by dotted path (`items.*.when`). */
  readonly decode?: Readonly<Record<string, DecodeKind>>;
  readonly handler: (input: InputOf<A, I>, ctx: ContextOf<E, X>) => D | Promise<D>;
}

declare const TYPES: unique symbol;

/** What is known of an action by its type alone. */
export interface ActionTypes {
  call: unknown;
  accept: Accept;
  output: unknown;
  errors: unknown;
}

/** A defined action. It stringifies to `?_action=NAME`, so it serves as a form's `action` in any template language. */
export interface ActionObject<T extends ActionTypes = ActionTypes> {
  readonly [TYPES]?: T;
  /** The definition, with its defaults filled in and its schema compiled. */
  readonly definition: Definition;
  /** The action's RPC path. Throws before `createPortico` has given the action its name. */
  readonly path: string;
  toString(): string;
}

// `& string` lets templates with typed attributes (JSX, Astro) take it as it is: `<form action={actions.newsletter}>`.
export type Action<T extends ActionTypes = ActionTypes> = ActionObject<T> & string;
export type AnyAction = ActionObject;

/** A definition without its types, as the pipeline reads it. */
export interface Definition {
  readonly accept: Accept;
  readonly input: StandardSchema | undefined;
  readonly output: StandardSchema | undefined;
  readonly errors: ErrorMap;
  readonly access: Access | undefined;
  readonly description: string | undefined;
  readonly destructive: boolean | undefined;
  readonly once: false | 'asked' | 'required';
  readonly use: readonly ActionMiddleware[];
  readonly limits: readonly LimitOptions[];
  readonly body: BodyOptions | undefined;
  readonly csrf: ((ctx: PorticoContext) => CsrfChoice | undefined) | undefined;
  readonly methods: readonly Verb[];
  readonly cache: CacheOptions | undefined;
  readonly model: string | undefined;
  readonly messages: { readonly success?: string; readonly failure?: string };
  readonly redirect: string | undefined;
  readonly handler: (input: unknown, ctx: ActionContext) => unknown;
  /** How bytes become the schema's input. */
  readonly plan: Plan;
  /** Restores Dates and the like in parsed JSON; `undefined` where the schema has none. */
  readonly restore: ((value: unknown) => unknown) | undefined;
}

type TypesOf<A> = A extends { readonly [TYPES]?: infer T } ? NonNullable<T> : never;

/** What a caller passes to an action. */
export type ActionInput<A> = TypesOf<A> extends { call: infer C } ? C : never;
/** What an action answers with. */
export type ActionOutput<A> = TypesOf<A> extends { output: infer O } ? O : never;
/** The action's own errors: their data by code. */
export type ActionErrors<A> = TypesOf<A> extends { errors: infer E } ? E : never;
type ActionAccept<A> = TypesOf<A> extends { accept: infer X } ? X : never;
/** What `ctx.call` takes: the schema's input, or FormData where the action takes forms. */
export type CallInput<A> = ActionInput<A> | ('json' extends ActionAccept<A> ? never : FormData);

export type DefinedAction<A extends Accept, I, O, E extends ErrorMap, D> = Action<{
  call: CallOf<A, I>;
  accept: A;
  output: DataOf<O, D>;
  errors: OwnErrors<E>;
}>;
export type { ReturnOf };
