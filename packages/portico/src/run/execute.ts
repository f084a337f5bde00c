import type { Definition } from '../define/action.ts';
import type { OnceEntry } from '../define/once-guard.ts';
import type { Outcome } from '../define/outcome.ts';
import type { Submission } from '../define/submission.ts';
import { isPromise } from '../lib/promise.ts';
import { take, type Steps } from '../lib/steps.ts';
import { fieldErrors } from '../schema/issues.ts';
import { validate } from '../schema/validate.ts';
import { ActionError, ActionInputError, isActionError } from '../wire/error.ts';
import { checkAccess } from './access.ts';
import { checkOnly } from './check-only.ts';
import { decodeInput } from './decode-input.ts';
import { checkErrorHeaders } from './error-headers.ts';
import { handling } from './handle.ts';
import type { Invocation } from './invocation.ts';
import { countByAddress, countByInput } from './limits.ts';
import { enterOnce, keepOutcome, restoreOutcome } from './once.ts';
import { completeOwnError } from './own-error.ts';

/**
 * The pipeline: access → limits by address → submission (body, token, signatures) → decode → validate → the claim of `once` → limits by
 * input → middleware → handler → output. Of a call that only asks what would be refused, validation is the last but middleware
 * (`check-only.ts`). Every door runs it, and what it returns is all a door gets to present. Neither throws nor rejects.
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
  let checked = false;
  let claim: OnceEntry | undefined;
  try {
    if (definition.access !== undefined) yield checkAccess(definition.access, context, invocation.onError);
    if (definition.limits.length > 0) yield countByAddress(invocation, definition.limits);
    const submitted = invocation.submit();
    submission = isPromise(submitted) ? yield submitted : submitted;
    if (invocation.validateOnly !== undefined) {
      response = yield* checkOnly(invocation, invocation.validateOnly, submission);
      checked = response === undefined;
    } else if (submission.listIntent === undefined) {
      const validated = validInput(definition, submission);
      const input = isPromise(validated) ? yield validated : validated;
      const once = invocation.once && (yield* enterOnce(invocation.once, submission));
      if (once?.kept === undefined) {
        claim = once;
        if (definition.limits.length > 0) yield countByInput(invocation, definition.limits, input);
        ({ data, response, responseFromHandler } = yield* handling(definition, input, context));
      } else {
        ({ data, error } = restoreOutcome(once.kept, context));
      }
    } else {
      edited = true;
    }
  } catch (thrown) {
    error = yield toActionError(thrown, invocation);
  }
  if (claim) yield keepOutcome(claim, { data, error, response }, invocation);
  return {
    name,
    action,
    data,
    error,
    response,
    responseFromHandler,
    edited,
    checked,
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
