import type { Access } from '../define/action.ts';
import type { ActionContext } from '../define/context.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import { isPromise } from '../lib/promise.ts';

/**
 * Refuses with 401 without a user and 403 with one. A rule that throws refuses too: its own ActionError is kept
 * (a lost store must answer 503, not 403), any other error is the cause.
 */
export async function checkAccess(
  access: Access | undefined,
  ctx: ActionContext,
  onError: (error: unknown, ctx: ActionContext) => void,
): Promise<void> {
  if (access === undefined || access === 'public') return;
  if (access === 'user') {
    if (ctx.user === null) throw refusal(ctx);
    return;
  }
  let verdict: unknown;
  try {
    verdict = access(ctx);
    if (isPromise(verdict)) verdict = await verdict;
  } catch (error) {
    if (isActionError(error)) throw error;
    onError(error, ctx);
    throw refusal(ctx, error);
  }
  // Only `true`: a rule that forgets to return, or returns an object, must not open the door.
  if (verdict !== true) throw refusal(ctx);
}

function refusal(ctx: ActionContext, cause?: unknown): ActionError {
  return ctx.user === null
    ? new ActionError({ code: 'UNAUTHORIZED', message: 'Sign in to do this.', cause })
    : new ActionError({ code: 'FORBIDDEN', message: 'You are not allowed to do this.', cause });
}
