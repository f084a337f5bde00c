import type { Exchange } from '../context/exchange.ts';
import type { OnceGuard } from '../define/once-guard.ts';
import type { Submission } from '../define/submission.ts';
import type { MountedAction } from '../define/tree.ts';
import { fingerprintOf } from '../http/once/fingerprint.ts';
import { idempotencyKey, newOnceId, onceKey } from '../http/once/once-id.ts';
import { stateOf } from '../http/session/session.ts';
import { ActionError } from '../wire/error.ts';
import { ONCE_HEADER, ONCE_RENEWED_HEADER, REPLAYED_HEADER } from '../wire/names.ts';

/** What holds a request to `once`; `undefined` where the action has none, or only reads. */
export function createOnceGuard(exchange: Exchange, { name, action }: MountedAction): OnceGuard | undefined {
  const { once } = action.definition;
  if (once === false || exchange.incoming.method === 'GET' || exchange.incoming.method === 'HEAD') {
    return undefined;
  }
  return {
    async enter(submission) {
      const { settings, incoming } = exchange;
      const id = idOf(exchange, submission);
      if (id === undefined) {
        if (once === 'required') throw idMissing(name);
        if (settings.dev) warnOfMissingId(exchange, action, name);
        return undefined;
      }
      const key = onceKey(name, whoAsks(exchange, submission), id);
      const entered = await settings.once.enter(key, await fingerprintOf(submission, id), incoming.signal);
      switch (entered.kind) {
        case 'other':
          spend(exchange, submission);
          throw sentOtherwise();
        case 'running':
          throw stillRunning();
        case 'repeat':
          spend(exchange, submission);
          exchange.headers.set(REPLAYED_HEADER, 'true');
          return { kept: entered.outcome, settle: nothing, release: nothing };
        case 'first':
          return {
            kept: undefined,
            settle(outcome) {
              spend(exchange, submission);
              return entered.hold.settle(outcome);
            },
            release(why) {
              if (why === 'response' && settings.dev) warnOfResponse(exchange, action, name);
              return entered.hold.release();
            },
          };
      }
    },
  };
}

async function nothing(): Promise<void> {}

// A form's own id goes before a header: it is the same at each attempt, whatever script sends the form.
function idOf({ incoming }: Exchange, submission: Submission): string | undefined {
  const ofForm = submission.signed?.once;
  if (ofForm !== undefined) return `form:${ofForm}`;
  const header = incoming.header(ONCE_HEADER);
  return header === undefined ? undefined : `header:${idempotencyKey(header)}`;
}

/** Whose submission it is: nobody else gets its outcome, whatever id he sends. */
function whoAsks(exchange: Exchange, submission: Submission): string {
  // Apps say what a user is, and need not say that it has an id.
  const user: object | null = exchange.user;
  const id: unknown = user && 'id' in user ? user.id : undefined;
  if (typeof id === 'string' || typeof id === 'number') return `user:${id}`;
  const session = exchange.sessionIfLoaded;
  if (session?.userId !== undefined) return `user:${session.userId}`;
  // Nobody guesses the id of a form, and a guest may come by his session with the first submission of it.
  if (submission.signed?.once !== undefined) return 'guest';
  if (session && stateOf(session).loaded) return `session:${session.id}`;
  const authorization = exchange.incoming.header('authorization') ?? '';
  if (/^bearer /i.test(authorization)) return authorization;
  return `address:${exchange.client.address ?? 'unknown'}`;
}

/** The id has an outcome now: a form that is shown again is another submission. A script that stays is handed its id. */
function spend(exchange: Exchange, submission: Submission): void {
  exchange.onceSpent = true;
  if (submission.signed?.once !== undefined && exchange.wantsJson) {
    exchange.headers.set(ONCE_RENEWED_HEADER, newOnceId(exchange.settings.keyring));
  }
}

function idMissing(name: string): ActionError {
  return new ActionError({
    code: 'BAD_REQUEST',
    message:
      `The action ${name} takes each submission once, and this one has no id. In a form print onceInput(ctx), or form.hidden; ` +
      'a script sends the header Idempotency-Key.',
  });
}

function sentOtherwise(): ActionError {
  return new ActionError({
    code: 'CONFLICT',
    message: 'This form was sent already with other values. Send it once more if you want both.',
  });
}

function stillRunning(): ActionError {
  return new ActionError({
    code: 'CONFLICT',
    message: 'This was sent already and is still being worked on. Ask again in a moment.',
    headers: { 'Retry-After': '5' },
  });
}

const warned = new WeakMap<object, Set<string>>();

/** Once an action. */
function warn(exchange: Exchange, action: object, message: string): void {
  const known = warned.get(action) ?? new Set();
  if (known.has(message)) return;
  warned.set(action, known.add(message));
  exchange.settings.logger.warn(message);
}

function warnOfMissingId(exchange: Exchange, action: object, name: string): void {
  warn(
    exchange,
    action,
    `portico: ${name} has \`once\`, and was sent without an id, so a repeat runs it again. In a form print onceInput(ctx), or ` +
      'form.hidden; a script sends the header Idempotency-Key.',
  );
}

function warnOfResponse(exchange: Exchange, action: object, name: string): void {
  warn(
    exchange,
    action,
    `portico: ${name} has \`once\`, and was answered by a Response, which cannot be kept: a repeat runs it again.`,
  );
}
