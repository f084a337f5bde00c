import { describe, expect, it } from 'vitest';
import { ActionError, isInputError } from '../../src/client.ts';
import { fieldOfError, pathOfName } from '../../src/client/field-names.ts';
import { formResultOf } from '../../src/client/form-result.ts';

// What touches a page is tested in a browser, by e2e/. This is the part that only reckons.
describe('pathOfName', () => {
  it.each([
    ['email', 'email'],
    ['a.b', 'a.b'],
    ['a[b]', 'a.b'],
    ['items[0][qty]', 'items.0.qty'],
    ['items[0].qty', 'items.0.qty'],
    ['items.0.qty', 'items.0.qty'],
    ['tags[]', 'tags'],
    ['a[b][]', 'a.b'],
    ['fields[date][time]', 'fields.date.time'],
    ['a[', 'a['],
  ])('%s is %s', (name, path) => {
    expect(pathOfName(name)).toBe(path);
  });
});

describe('fieldOfError', () => {
  it.each<[string, string[], number]>([
    ['email', ['name', 'email', 'email'], 1],
    ['date', ['dates', 'date.day', 'date.month'], 1],
    ['tags.1', ['tags', 'tags', 'tags'], 1],
    ['tags.7', ['x', 'tags'], 1],
    ['tags.1', ['tags.0', 'tags.1'], 1],
    ['address.city', ['address', 'city'], 0],
    ['items.1.qty', ['items.0.qty', 'items.1.qty'], 1],
    // Another row's field is not this one's.
    ['items.2.qty', ['items.0.qty', 'items.1.qty'], -1],
    ['other', ['email'], -1],
    ['', ['email'], -1],
    ['constructor', [], -1],
  ])('%s among %j is %i', (path, fields, index) => {
    expect(fieldOfError(path, fields)).toBe(index);
  });
});

describe('formResultOf', () => {
  const answer = (
    body: unknown,
    status = 200,
    type = 'application/json',
  ): Parameters<typeof formResultOf>[0] => ({
    status,
    type,
    text: typeof body === 'string' ? body : JSON.stringify(body),
    url: 'https://app.test/page',
  });
  const PAGE = true;
  const CONTROLLER = false;
  const wireInputError = {
    type: 'ActionInputError',
    code: 'BAD_REQUEST',
    message: 'm',
    fields: { a: ['x'] },
    formErrors: [],
    issues: [],
  };

  it('reads the rpc wire of the page door', async () => {
    expect(await formResultOf(answer({ redirect: '/data' }), PAGE)).toEqual({
      data: { redirect: '/data' },
      error: undefined,
    });
    const redirect = answer({ data: 1, redirect: '/x' }, 200, 'application/json; portico=redirect');
    expect(await formResultOf(redirect, PAGE)).toEqual({ data: 1, error: undefined, redirect: '/x' });
    expect(await formResultOf({ ...answer('', 204), type: '' }, PAGE)).toEqual({
      data: undefined,
      error: undefined,
    });
    const { error } = await formResultOf(answer(wireInputError, 400), PAGE);
    expect(isInputError(error) && error.fields).toEqual({ a: ['x'] });
  });

  it('reads the JSON of the controller doors', async () => {
    const body = { id: 5, message: 'Saved.', redirect: '/posts/5' };
    expect(await formResultOf(answer(body), CONTROLLER)).toEqual({
      data: body,
      error: undefined,
      message: 'Saved.',
      redirect: '/posts/5',
    });
    expect(await formResultOf(answer({ redirect: { to: 1 } }), CONTROLLER)).toEqual({
      data: { redirect: { to: 1 } },
      error: undefined,
      message: undefined,
    });
    expect(await formResultOf(answer([1]), CONTROLLER)).toMatchObject({ data: [1], error: undefined });
  });

  it('reads the failures of the controller doors', async () => {
    const failed = {
      message: 'Check it.',
      error: 'Check it.',
      code: 'BAD_REQUEST',
      errors: { 'a.0': ['x'] },
      formErrors: ['f'],
    };
    const { error } = await formResultOf(answer(failed, 400), CONTROLLER);
    expect(isInputError(error) && [error.fields, error.formErrors, error.message, error.status]).toEqual([
      { 'a.0': ['x'] },
      ['f'],
      'Check it.',
      400,
    ]);
    const locked = {
      message: 'Locked.',
      error: 'Locked.',
      code: 'LOCKED',
      errors: {},
      minutes: 5,
      requestId: 'r',
    };
    const other = await formResultOf(answer(locked, 423), CONTROLLER);
    expect(other.error).toMatchObject({
      code: 'LOCKED',
      status: 423,
      message: 'Locked.',
      requestId: 'r',
      data: { minutes: 5 },
    });
    expect([isInputError(other.error), other.error instanceof ActionError]).toEqual([false, true]);
  });

  it('knows an error of the wire at a controller door, too', async () => {
    const { error } = await formResultOf(answer(wireInputError, 400), CONTROLLER);
    expect(isInputError(error) && error.fields).toEqual({ a: ['x'] });
  });

  it.each<[string, Parameters<typeof answer>]>([
    ['a page', ['<html>', 200, 'text/html']],
    ['JSON of another program', [{ message: 'no' }, 401]],
    ['a list as failure', [[], 400]],
    ['a text as failure', ['"no"', 400]],
  ])('refuses %s', async (_what, args) => {
    for (const door of [PAGE, CONTROLLER]) {
      const refusal: unknown = await formResultOf(answer(...args), door).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'UNEXPECTED_RESPONSE', status: args[1] });
    }
  });
});
