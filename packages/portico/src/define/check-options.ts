import { isStandardSchema } from '../schema/is-standard-schema.ts';
import { refuseUnknownOptions, type KnownOptions } from './known-options.ts';
import { STATUS_BY_CODE } from '../wire/codes.ts';
import type {
  Accept,
  ActionOptions,
  CacheOptions,
  Definition,
  ErrorDefinition,
  ErrorMap,
  LimitOptions,
} from './action.ts';
import type { StandardSchema } from '../schema/standard.ts';

/** What `defineAction` was given, before anybody knows that it is as its types say. */
export type LooseOptions = ActionOptions<
  Accept,
  StandardSchema | undefined,
  StandardSchema | undefined,
  ErrorMap,
  unknown
>;

const KNOWN: KnownOptions<LooseOptions> = {
  accept: true,
  input: true,
  output: true,
  errors: true,
  access: true,
  description: true,
  destructive: true,
  once: true,
  use: true,
  limit: true,
  body: true,
  csrf: true,
  method: true,
  cache: true,
  model: true,
  messages: true,
  redirect: true,
  decode: true,
  handler: true,
};

/**
 * Refuses what the types would, for callers who have none: a rule that nobody could follow (an `access` without meaning, a
 * limit that never counts) must not pass for one. Throws a `TypeError` or `RangeError` that says what to write.
 */
export function checkOptions(options: LooseOptions): void {
  if (typeof options !== 'object' || options === null || typeof options.handler !== 'function') {
    throw new TypeError('defineAction needs a handler: defineAction({ handler: async (input, ctx) => … }).');
  }
  refuseUnknownOptions('defineAction', options, KNOWN);
  const { accept = 'json', access, cache, use = [] } = options;
  if (accept !== 'json' && accept !== 'form' && accept !== 'any') {
    throw new TypeError(`defineAction: accept is ${shown(accept)}; it must be 'json', 'form' or 'any'.`);
  }
  if (access !== undefined && access !== 'public' && access !== 'user' && typeof access !== 'function') {
    throw new TypeError(
      `defineAction: access is ${shown(access)}; it must be 'public', 'user' or a function (ctx) => true.`,
    );
  }
  if (options.csrf !== undefined && typeof options.csrf !== 'function') {
    throw new TypeError(
      `defineAction: csrf is ${shown(options.csrf)}; it must be a function: csrf: (ctx) => ctx.user ? 'auto' : undefined.`,
    );
  }
  checkKind('description', options.description, 'string', "a sentence: description: 'Adds an address.'");
  checkKind('destructive', options.destructive, 'boolean', 'true or false');
  const methods = methodsOf(options.method);
  if (options.once !== undefined && typeof options.once !== 'boolean' && options.once !== 'required') {
    throw new TypeError(
      `defineAction: once is ${shown(options.once)}; it must be true, false or 'required'.`,
    );
  }
  if (options.once && !methods.includes('POST')) {
    throw new TypeError('defineAction: once is for actions that answer POST; a GET changes nothing.');
  }
  if (methods.length === 0 || methods.some((method) => method !== 'GET' && method !== 'POST')) {
    throw new TypeError(
      `defineAction: method is ${shown(options.method)}; it must be 'GET', 'POST' or both.`,
    );
  }
  if (cache) checkCache(cache, methods);
  if (cache?.scope === 'public' && access !== undefined && access !== 'public') {
    throw new TypeError(
      "defineAction: cache.scope is 'public', and access lets in only some: a shared cache would serve the rest. Use 'private'.",
    );
  }
  if (!Array.isArray(use) || use.some((middleware) => typeof middleware !== 'function')) {
    throw new TypeError('defineAction: use must be a list of functions: use: [(ctx, next) => next()].');
  }
  checkSchema('input', options.input);
  checkSchema('output', options.output);
  for (const [code, definition] of Object.entries(options.errors ?? {})) checkError(code, definition);
  for (const limit of limitsOf(options.limit)) checkLimit(limit);
}

export function methodsOf(method: LooseOptions['method']): Definition['methods'] {
  return typeof method === 'string' ? [method] : [...new Set(method ?? ['POST' as const])];
}

export function limitsOf(limit: LooseOptions['limit']): readonly LimitOptions[] {
  if (limit === undefined) return [];
  return Array.isArray(limit) ? (limit as readonly LimitOptions[]) : [limit as LimitOptions];
}

function checkKind(name: string, value: unknown, kind: 'string' | 'boolean', expected: string): void {
  if (value === undefined || typeof value === kind) return;
  throw new TypeError(`defineAction: ${name} is ${shown(value)}; it must be ${expected}.`);
}

function checkCache(cache: CacheOptions, methods: Definition['methods']): void {
  if (!methods.includes('GET')) {
    throw new TypeError(
      "defineAction: cache is for actions that answer GET; add method: 'GET' or remove cache.",
    );
  }
  if (!(Number.isInteger(cache.maxAge) && cache.maxAge >= 0)) {
    throw new RangeError(
      `defineAction: cache.maxAge is ${shown(cache.maxAge)}; it must be whole seconds, 0 or more.`,
    );
  }
  if (cache.scope !== 'private' && cache.scope !== 'public') {
    throw new TypeError(
      `defineAction: cache.scope is ${shown(cache.scope)}; it must be 'private' or 'public'.`,
    );
  }
}

function checkSchema(place: string, schema: unknown): void {
  if (schema === undefined || isStandardSchema(schema)) return;
  throw new TypeError(
    `defineAction: ${place} must be a Standard Schema, such as z.object({ … }) of Zod; it is ${shown(schema)}.`,
  );
}

function checkError(code: string, definition: ErrorDefinition): void {
  if (code === 'BAD_REQUEST' || code === 'CSRF_FAILED') {
    throw new TypeError(
      `defineAction: errors.${code} is taken: Portico itself answers with it. Choose another code.`,
    );
  }
  if (!Number.isInteger(definition.status) || definition.status < 400 || definition.status > 599) {
    const known = Object.hasOwn(STATUS_BY_CODE, code) ? '' : ` (a status such as 409)`;
    throw new RangeError(
      `defineAction: errors.${code}.status must be an HTTP error status, 400 to 599${known}.`,
    );
  }
  checkSchema(`errors.${code}.data`, definition.data);
}

function checkLimit(limit: LimitOptions): void {
  if (!(limit.points > 0) || !(limit.seconds > 0)) {
    throw new RangeError('defineAction: limit needs points and seconds above 0.');
  }
  if (limit.when !== undefined && typeof limit.when !== 'function') {
    throw new TypeError(
      `defineAction: limit.when is ${shown(limit.when)}; it must be a function (ctx) => boolean.`,
    );
  }
  if (limit.by !== 'ip' && typeof limit.by !== 'function') {
    throw new TypeError(
      `defineAction: limit.by is ${shown(limit.by)}; it must be 'ip' or a function (ctx, input) => key.`,
    );
  }
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  return JSON.stringify(value) ?? String(value);
}
