import { compilePlan } from '../schema/compile-plan.ts';
import { compileRestore } from '../schema/restore-json.ts';
import type { StandardSchema } from '../schema/standard.ts';
import { STATUS_BY_CODE } from '../wire/codes.ts';
import { RESERVED_FIELDS } from '../wire/names.ts';
import {
  type Accept,
  type ActionObject,
  type ActionOptions,
  type Definition,
  type DefinedAction,
  type ErrorMap,
  type ReturnOf,
} from './action.ts';
import { actionPath, actionQuery } from './action-name.ts';

const ACTION = Symbol.for('portico.Action');

/** Whether a value is what `defineAction` returned. */
export function isAction(value: unknown): value is ActionObject {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[ACTION] === true;
}

/**
 * Defines a server action: a schema, a handler and the rules around them. Only `handler` is required.
 *
 * Throws when the definition contradicts itself: a form whose schema cannot be decoded (`SchemaPlanError` names the field),
 * a `cache` without GET, limits or errors out of range.
 */
export function defineAction<
  const A extends Accept = 'json',
  I extends StandardSchema | undefined = undefined,
  O extends StandardSchema | undefined = undefined,
  const E extends ErrorMap = {},
  D extends ReturnOf<O> = ReturnOf<O>,
  const X extends 'public' | 'user' = 'public',
>(options: ActionOptions<A, I, O, E, D, X>): DefinedAction<A, I, O, E, D> {
  const action: ActionObject = new DefinedActionObject(compileDefinition(options as unknown as LooseOptions));
  return action as unknown as DefinedAction<A, I, O, E, D>;
}

class DefinedActionObject implements ActionObject {
  readonly definition: Definition;

  constructor(definition: Definition) {
    this.definition = definition;
    Object.defineProperty(this, 'definition', { enumerable: false });
  }

  get path(): string {
    return actionPath(this);
  }

  toString(): string {
    return actionQuery(this);
  }

  toJSON(): string {
    return actionQuery(this);
  }

  [Symbol.toPrimitive](): string {
    return actionQuery(this);
  }
}
Object.defineProperty(DefinedActionObject.prototype, ACTION, { value: true });

type LooseOptions = ActionOptions<
  Accept,
  StandardSchema | undefined,
  StandardSchema | undefined,
  ErrorMap,
  unknown
>;

function compileDefinition(options: LooseOptions): Definition {
  if (typeof options !== 'object' || options === null || typeof options.handler !== 'function') {
    throw new TypeError('defineAction needs a handler: defineAction({ handler: async (input, ctx) => … }).');
  }
  const accept = options.accept ?? 'json';
  if (accept !== 'json' && accept !== 'form' && accept !== 'any') {
    throw new TypeError(
      `defineAction: accept is ${JSON.stringify(accept)}; it must be 'json', 'form' or 'any'.`,
    );
  }
  const methods =
    typeof options.method === 'string' ? [options.method] : [...new Set(options.method ?? ['POST' as const])];
  if (methods.length === 0 || methods.some((method) => method !== 'GET' && method !== 'POST')) {
    throw new TypeError(
      `defineAction: method is ${JSON.stringify(options.method)}; it must be 'GET', 'POST' or both.`,
    );
  }
  if (options.cache && !methods.includes('GET')) {
    throw new TypeError(
      "defineAction: cache is for actions that answer GET; add method: 'GET' or remove cache.",
    );
  }
  checkErrors(options.errors ?? {});
  const limits = options.limit === undefined ? [] : 'by' in options.limit ? [options.limit] : options.limit;
  for (const limit of limits) {
    if (!(limit.points > 0) || !(limit.seconds > 0)) {
      throw new RangeError('defineAction: limit needs points and seconds above 0.');
    }
  }
  // A GET action decodes a query string, and every action may be called controller style with form fields.
  const decodesText = accept !== 'json' || methods.includes('GET');
  const plan = compilePlan(options.input, {
    form: decodesText,
    ...(options.decode && { decode: options.decode }),
  });
  if (decodesText && plan.kind === 'object') checkFieldNames(plan.properties.keys());
  return {
    accept,
    input: options.input,
    output: options.output,
    errors: options.errors ?? {},
    access: options.access,
    use: options.use ?? [],
    limits,
    body: options.body,
    methods,
    cache: options.cache,
    model: options.model,
    messages: options.messages ?? {},
    redirect: options.redirect,
    handler: options.handler as Definition['handler'],
    plan,
    restore: compileRestore(plan),
  };
}

function checkErrors(errors: ErrorMap): void {
  for (const [code, definition] of Object.entries(errors)) {
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
  }
}

function checkFieldNames(names: Iterable<string>): void {
  for (const name of names) {
    if (RESERVED_FIELDS.has(name)) {
      throw new TypeError(
        `defineAction: the field "${name}" is reserved: forms send it to Portico (redirect, messages, token). ` +
          'Give the field of the schema another name.',
      );
    }
  }
}
