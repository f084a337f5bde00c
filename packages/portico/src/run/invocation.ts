import type { ActionObject } from '../define/action.ts';
import type { ActionContext } from '../define/context.ts';
import type { OnceGuard } from '../define/once-guard.ts';
import type { RecordedRedirect, RecordedRender } from '../define/outcome.ts';
import type { Submission } from '../define/submission.ts';
import type { ValidateOnly } from './field-selection.ts';

/** The context of one call, with what its handler recorded. */
interface CallContext extends ActionContext {
  recordedRedirect: RecordedRedirect | undefined;
  recordedRender: RecordedRender | undefined;
}

/** Counts calls against a limit. */
interface CallCounter {
  consume(key: string, points: number, seconds: number): CallVerdict | Promise<CallVerdict>;
}

interface CallVerdict {
  readonly allowed: boolean;
  /** Seconds until the next call may pass. */
  readonly retryAfter: number;
}

/** One call of an action, with the steps only its door can do. */
export interface Invocation {
  readonly name: string;
  readonly action: ActionObject;
  readonly context: CallContext;
  /** Reads and checks what was sent. Called after access and the limits by address have let the request in. */
  readonly submit: () => Submission | Promise<Submission>;
  /** `undefined`: limits do not count (a call in process without a request). */
  readonly counter: CallCounter | undefined;
  /** Set where the call only asks what of these fields would be refused: the handler does not run. */
  readonly validateOnly?: ValidateOnly | undefined;
  /** Set where each submission runs once. */
  readonly once?: OnceGuard | undefined;
  /** Told of every error that was not meant for the client. */
  readonly onError: (error: unknown, context: ActionContext) => void;
}
