import type { Definition } from '../define/action.ts';
import type { ActionContext } from '../define/context.ts';
import { isPromise } from '../lib/promise.ts';
import type { Steps } from '../lib/steps.ts';
import { fieldErrors } from '../schema/issues.ts';
import { validate } from '../schema/validate.ts';
import { runMiddleware } from './middleware.ts';

/** What the handler gave, middleware around it and its output schema included. */
export interface HandlerResult {
  readonly data: unknown;
  readonly response: Response | undefined;
  /** Whether the handler itself made the response: a typed call cannot receive one. */
  readonly responseFromHandler: boolean;
}

/** Middleware → handler → output, with an input that was validated. Throws what they throw. */
export function* handling(
  definition: Definition,
  input: unknown,
  context: ActionContext,
): Steps<HandlerResult> {
  const { handler } = definition;
  let handled: unknown;
  let result: unknown;
  if (definition.use.length === 0) {
    handled = handler(input, context);
    result = handled = isPromise(handled) ? yield handled : handled;
  } else {
    result = yield runMiddleware(
      definition.use,
      context,
      async () => (handled = await handler(input, context)),
    );
  }
  if (result instanceof Response) {
    return { data: undefined, response: result, responseFromHandler: result === handled };
  }
  const data = definition.output ? yield checkedOutput(definition, result) : result;
  return { data, response: undefined, responseFromHandler: false };
}

async function checkedOutput(definition: Definition, result: unknown): Promise<unknown> {
  if (!definition.output) return result;
  const validation = await validate(definition.output, result);
  if (validation.ok) return validation.value;
  const { fields, formErrors } = fieldErrors(validation.issues);
  const places = [
    ...Object.entries(fields).map(([path, messages]) => `${path}: ${messages.join(', ')}`),
    ...formErrors,
  ];
  throw new Error(`The handler returned what its output schema refuses: ${places.join('; ')}`);
}
