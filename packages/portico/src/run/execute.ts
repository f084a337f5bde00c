import type { Definition } from '../define/action.ts';
import type { Outcome } from '../define/outcome.ts';
import type { Submission } from '../define/submission.ts';
import { isPromise } from '../lib/promise.ts';
import { take, type Steps } from '../lib/steps.ts';
import { fieldErrors } from '../schema/issues.ts';
import { validate } from '../schema/validate.ts';
import { ActionError, ActionInputError, isActionError } from '../wire/error.ts';
import { checkAccess } from './access.ts';
import { decodeInput } from './decode-input.ts';
import { checkErrorHeaders } from './error-headers.ts';
import type { Invocation } from './invocation.ts';
import { countByAddress, countByInput } from './limits.ts';
import { runMiddleware } from './middleware.ts';
import { completeOwnError } from './own-error.ts';

/**
 * The pipeline: access → limits by address → submission (body, token, signatures) → decode → validate → limits by input →
 * middleware → handler → output. Every door runs it, and what it returns is all a door gets to present. Neither throws nor
 * rejects.
 */
export function execute(invocation: Invocation): Outcome | Promise<Outcome> {
  return take(pipeline(invocation));
}

function* pipeline(invocation: Invocation): Steps<Outcome> {
  const { action, context, name } = invocation;
  const { definition } = action;
  let submission: Submission | undefined;
  let data: unknown;
  let error: ActionError | undefined;
  let response: Response | undefined;
  let responseFromHandler = false;
  let edited = false;
  try {
    if (definition.access !== undefined) yield checkAccess(definition.access, context, invocation.onError);
    if (definition.limits.length > 0) yield countByAddress(invocation, definition.limits);
    const submitted = invocation.submit();
    submission = isPromise(submitted) ? yield submitted : submitted;
    if (submission.listIntent === undefined) {
      const validated = validInput(definition, submission);
      const input = isPromise(validated) ? yield validated : validated;
      if (definition.limits.length > 0) yield countByInput(invocation, definition.limits, input);
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
        response = result;
        responseFromHandler = result === handled;
      } else data = definition.output ? yield checkedOutput(definition, result) : result;
    } else {
      edited = true;
    }
  } catch (thrown) {
    error = yield toActionError(thrown, invocation);
  }
  return {
    name,
    action,
    data,
    error,
    response,
    responseFromHandler,
    edited,
    inPlace: false,
    redirect: context.recordedRedirect,
    render: context.recordedRender,
    submission,
  };
}

function validInput(definition: Definition, submission: Submission): unknown {
  const input = decodeInput(definition, submission);
  if (!definition.input) return input;
  const validation = validate(definition.input, input);
  if (isPromise(validation)) return validation.then(accepted);
  return accepted(validation);
}

function accepted(validation: Awaited<ReturnType<typeof validate>>): unknown {
  if (validation.ok) return validation.value;
  throw new ActionInputError({ issues: validation.issues, ...fieldErrors(validation.issues) });
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

/** Errors meant for the client pass; of every other the client learns that it happened and under which request id. */
async function toActionError(thrown: unknown, invocation: Invocation): Promise<ActionError> {
  const { context } = invocation;
  try {
    if (isActionError(thrown)) {
      if (thrown.headers) checkErrorHeaders(thrown.headers);
      const error = await completeOwnError(thrown, invocation.action.definition.errors);
      if (error.status >= 500) {
        error.requestId ??= context.requestId;
        invocation.onError(thrown, context);
      }
      return error;
    }
  } catch (broken) {
    thrown = broken;
  }
  invocation.onError(thrown, context);
  return new ActionError({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on the server.',
    cause: thrown,
    requestId: context.requestId,
  });
}
