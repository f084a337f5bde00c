import type { DEVALUE_TYPE, JSON_TYPE } from '../wire/names.ts';
import { decodeData, encodeData } from '../lib/rich-json.ts';
import { ActionError } from '../wire/error.ts';
import { errorFromWire } from '../wire/error-from-wire.ts';
import type { UntypedResult, WireError } from '../wire/result.ts';
import { errorToWire } from './wire-error.ts';

/** A result as text, for a cookie, a session or a store. */
export type SerializedActionResult =
  | {
      type: 'data';
      contentType: typeof JSON_TYPE | typeof DEVALUE_TYPE;
      status: 200;
      body: string;
      redirect?: string;
    }
  | { type: 'error'; contentType: typeof JSON_TYPE | typeof DEVALUE_TYPE; status: number; body: string }
  | { type: 'empty'; status: 204; redirect?: string };

/** Serializes a result. Throws where the data cannot travel (a function, a class instance); the message names the path. */
export function serializeActionResult(result: UntypedResult): SerializedActionResult {
  if (result.error) {
    const error = result.error as ActionError;
    return { type: 'error', status: error.status, ...encodeData(errorToWire(error)) };
  }
  const redirect = result.redirect === undefined ? {} : { redirect: result.redirect };
  if (result.data === undefined) return { type: 'empty', status: 204, ...redirect };
  return { type: 'data', status: 200, ...encodeData(result.data), ...redirect };
}

/** Reverses `serializeActionResult`. Text that it did not write becomes an `INTERNAL_SERVER_ERROR`. */
export function deserializeActionResult(serialized: SerializedActionResult): UntypedResult {
  if (serialized.type === 'error') {
    return { data: undefined, error: storedError(serialized) };
  }
  const redirect = serialized.redirect === undefined ? {} : { redirect: serialized.redirect };
  if (serialized.type === 'empty') return { data: undefined, error: undefined, ...redirect };
  return { data: decodeData(serialized), error: undefined, ...redirect };
}

function storedError(serialized: { readonly contentType: string; readonly body: string }): ActionError {
  try {
    return errorFromWire(decodeData(serialized) as Partial<WireError>);
  } catch (cause) {
    return new ActionError({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'A stored action result cannot be read.',
      cause,
    });
  }
}
