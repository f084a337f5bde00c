import type { ErrorMap } from '../define/action.ts';
import { validate } from '../schema/validate.ts';
import { ActionError } from '../wire/error.ts';

/**
 * Gives one of an action's own errors its declared status and message, and checks its data against its schema, so that a
 * client can rely on what `error.data` is. Throws a plain Error for data that breaks the action's promise.
 */
export async function completeOwnError(error: ActionError, errors: ErrorMap): Promise<ActionError> {
  const own = Object.hasOwn(errors, error.code) ? errors[error.code] : undefined;
  if (!own) return error;
  let data: unknown = error.data;
  if (own.data) {
    const checked = await validate(own.data, data);
    if (!checked.ok) {
      const reasons = checked.issues.map((issue) => issue.message).join('; ');
      throw new Error(`The data of the error ${error.code} does not match its schema: ${reasons}`, {
        cause: error,
      });
    }
    data = checked.value;
  }
  return new ActionError({
    code: error.code,
    status: own.status,
    message: error.message === error.code ? (own.message ?? error.code) : error.message,
    data,
    cause: error.cause,
    headers: error.headers,
  });
}
