import type { OnceEntry, OnceGuard } from '../define/once-guard.ts';
import type { Submission } from '../define/submission.ts';
import { decodeData, encodeData } from '../lib/rich-json.ts';
import type { Steps } from '../lib/steps.ts';
import { ActionError, isInputError, type ActionErrorOptions } from '../wire/error.ts';
import type { Invocation } from './invocation.ts';

/** What an action came to, as far as a repeat is answered with it. */
export interface Came {
  readonly data: unknown;
  readonly error: ActionError | undefined;
  readonly response: Response | undefined;
}

/** An outcome as a store keeps it. */
interface Kept {
  readonly data?: unknown;
  readonly error?: ActionErrorOptions;
  readonly redirect?: Invocation['context']['recordedRedirect'];
  readonly render?: Invocation['context']['recordedRender'];
  readonly message?: string | undefined;
  readonly status?: number | undefined;
}

// In a store each of them lies for a day.
const MAX_BYTES = 256 * 1024;
/** Stands for an outcome that could not be kept: it happened, and that is all that is known. */
const HAPPENED = 'happened';

/** The entry of a submission that has an id. What it throws refuses the submission before anything ran. */
export function* enterOnce(guard: OnceGuard, submission: Submission): Steps<OnceEntry | undefined> {
  return yield guard.enter(submission);
}

/**
 * Keeps an outcome for the repeats of its submission. Input that was refused, limits, errors of the server and answers that
 * are a Response are no outcomes: after them a repeat runs.
 */
export async function keepOutcome(entry: OnceEntry, came: Came, invocation: Invocation): Promise<void> {
  const { error, response } = came;
  if (response) return entry.release('response');
  if (error && (error.status >= 500 || error.status === 429 || isInputError(error))) return entry.release();
  return entry.settle(textOf(came, invocation));
}

function textOf({ data, error }: Came, { context, name, onError }: Invocation): string {
  const { recordedRedirect: redirect, recordedRender: render, message, status } = context;
  const around = {
    ...(redirect && { redirect }),
    ...(render && { render }),
    ...(message !== undefined && { message }),
    ...(status !== undefined && { status }),
  };
  try {
    const kept: Kept = error
      ? { error: shownError(error), ...around }
      : { ...(data !== undefined && { data }), ...around };
    const text = written(kept);
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
    // Nothing was done, which is what a repeat must be told; the data were for whoever sent it first.
    if (kept.error) return written({ ...kept, error: { ...kept.error, data: undefined } });
    onError(new Error(`The outcome of ${name} is over 256 KiB: a repeat is told that it happened.`), context);
  } catch (cause) {
    onError(
      new Error(`The outcome of ${name} cannot be kept: a repeat is told that it happened.`, { cause }),
      context,
    );
  }
  return HAPPENED;
}

function written(kept: Kept): string {
  const { contentType, body } = encodeData(kept);
  return `${contentType}\n${body}`;
}

function shownError({ code, status, message, data, headers }: ActionError): ActionErrorOptions {
  return { code, status, message, ...(data !== undefined && { data }), ...(headers && { headers }) };
}

/**
 * The outcome of the first submission, as if it had just come about: the context says what its handler recorded. Throws 409
 * where it is only known that it happened.
 */
export function restoreOutcome(text: string, context: Invocation['context']): Pick<Came, 'data' | 'error'> {
  if (text === HAPPENED) {
    throw new ActionError({
      code: 'CONFLICT',
      message: 'This was done already. Its answer was too large to be kept, so it cannot be given again.',
    });
  }
  const at = text.indexOf('\n');
  const kept = decodeData({ contentType: text.slice(0, at), body: text.slice(at + 1) }) as Kept;
  context.recordedRedirect = kept.redirect;
  context.recordedRender = kept.render;
  context.message = kept.message;
  context.status = kept.status;
  return { data: kept.data, error: kept.error && new ActionError(kept.error) };
}
