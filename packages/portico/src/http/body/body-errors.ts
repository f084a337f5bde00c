import { ActionError } from '../../wire/error.ts';
import { readableBytes } from './byte-size.ts';

/** The client went away, or its connection broke, before the body was complete. There is nobody left to answer. */
export class BodyAborted extends ActionError<'BAD_REQUEST', undefined> {
  constructor(cause?: unknown) {
    super({ code: 'BAD_REQUEST', message: 'The request ended before its body was complete.', cause });
    this.name = 'BodyAborted';
  }
}

/** The body is not what its media type says: 400. */
export function malformed(message: string): ActionError {
  return new ActionError({ code: 'BAD_REQUEST', message });
}

/** The body is over a limit: 413. */
export function tooLarge(message: string): ActionError {
  return new ActionError({ code: 'CONTENT_TOO_LARGE', message });
}

/** The body is over the most bytes that its action takes. */
export function overLimit(maxBytes: number): ActionError {
  return tooLarge(
    `The request body is larger than ${readableBytes(maxBytes)}, the most this action takes. ` +
      'Send less, or raise `body.maxBytes` of the action.',
  );
}

/** A name from the request as it may stand in a message: quoted, at most 64 characters, no control characters. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);
}
