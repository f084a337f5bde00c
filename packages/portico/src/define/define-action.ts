import { compilePlan } from '../schema/compile-plan.ts';
import { compileRestore } from '../schema/restore-json.ts';
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
import { checkOptions, limitsOf, methodsOf, type LooseOptions } from './check-options.ts';

const ACTION = Symbol.for('portico.Action');

/** Whether a value is what `defineAction` returned. */
export function isAction(value: unknown): value is ActionObject {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[ACTION] === true;
}

/**
 * Defines a server action: a schema, a handler and the rules around them. Only `handler` is required.
 *
 * Throws when the definition contradicts itself: a form whose schema cannot be decoded (`SchemaPlanError` names the field),
 * a `cache` without GET, limits or errors out of range, an `access` nobody knows.
 */
export function defineAction<
  const A extends Accept = 'json',
  I extends object | undefined = undefined,
  O extends object | undefined = undefined,
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

function compileDefinition(options: LooseOptions): Definition {
  checkOptions(options);
  const accept = options.accept ?? 'json';
  const methods = methodsOf(options.method);
  // A GET action decodes a query string.
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
    description: options.description,
    destructive: options.destructive,
    once: options.once === true ? 'asked' : (options.once ?? false),
    use: options.use ?? [],
    limits: limitsOf(options.limit),
    body: options.body,
    csrf: options.csrf,
    methods,
    cache: options.cache,
    model: options.model,
    messages: options.messages ?? {},
    redirect: options.redirect,
    handler: options.handler as unknown as Definition['handler'],
    plan,
    restore: compileRestore(plan),
  };
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
