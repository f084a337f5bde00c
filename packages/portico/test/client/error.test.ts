import { describe, expect, it } from 'vitest';
import { ActionError, isActionError, isInputError } from '../../src/client.ts';
import { errorFromWire } from '../../src/wire/error-from-wire.ts';
import { ActionInputError } from '../../src/wire/error.ts';

class Locked extends ActionError<'LOCKED'> {}

const plain = new ActionError({ code: 'GONE' });
const input = new ActionInputError({ issues: [], fields: {}, formErrors: [] });
const received = errorFromWire({ type: 'ActionError', code: 'TAKEN', status: 409 });
const forged: unknown = JSON.parse('{"type":"ActionError","code":"GONE","status":410,"message":"m"}');

describe('ActionError', () => {
  it.each<[string, unknown, [boolean, boolean, boolean, boolean]]>([
    ['one of our own', plain, [true, true, false, false]],
    ['one of a subclass', new Locked({ code: 'LOCKED' }), [true, true, true, false]],
    ['an input error', input, [true, true, false, true]],
    ['one from the wire', received, [true, true, false, false]],
    ['what JSON says it is', forged, [false, false, false, false]],
    ['another error', new Error('no'), [false, false, false, false]],
    ['nothing', undefined, [false, false, false, false]],
  ])('knows %s', (_what, error, expected) => {
    const isLocked = error instanceof Locked;
    expect([error instanceof ActionError, isActionError(error), isLocked, isInputError(error)]).toEqual(
      expected,
    );
  });

  it('has the status of its code, unless it is given one', () => {
    const statuses = [
      plain,
      new ActionError({ code: 'OWN' }),
      new ActionError({ code: 'OWN', status: 418 }),
      input,
      received,
    ];
    expect(statuses.map(({ status }) => status)).toEqual([410, 500, 418, 400, 409]);
    expect([ActionError.codeToStatus('NOT_FOUND'), ActionError.codeToStatus('toString')]).toEqual([404, 500]);
    expect([404, 418, 500, 599].map((status) => ActionError.statusToCode(status))).toEqual([
      'NOT_FOUND',
      'BAD_REQUEST',
      'INTERNAL_SERVER_ERROR',
      'INTERNAL_SERVER_ERROR',
    ]);
  });
});
