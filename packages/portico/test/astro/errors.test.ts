import { describe, expect, test } from 'vitest';
import { ActionError, createPortico, defineAction, isActionError, isInputError } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

const server = {
  likePost: defineAction({
    input: z.object({ postId: z.string() }),
    handler: async (input, ctx) => {
      if (!ctx.cookies.has('user-session')) {
        throw new ActionError({ code: 'UNAUTHORIZED', message: 'User must be logged in.' });
      }
      return input.postId.length;
    },
  }),
};

describe('Handling backend errors in your action', () => {
  test('throws an error from likePost when a user is not logged in', async () => {
    const visitor = (await serve(createPortico({ actions: server }))).agent();

    const response = await visitor.post('/_actions/likePost', { postId: 'example' });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      type: 'ActionError',
      code: 'UNAUTHORIZED',
      status: 401,
      message: 'User must be logged in.',
    });
  });

  test('otherwise, likes the post', async () => {
    const visitor = (await serve(createPortico({ actions: server }))).agent();
    visitor.cookies.set('user-session', 'abc');

    const response = await visitor.post('/_actions/likePost', { postId: 'example' });

    expect([response.status, await response.json()]).toEqual([200, 7]);
  });

  test('error.code tells the reason to the caller', async () => {
    const portico = createPortico({ actions: server });

    const { data, error } = await portico.call(portico.actions.likePost, { postId: 'example' });

    expect(data).toBeUndefined();
    expect(error?.code).toBe('UNAUTHORIZED');
    expect(error).toBeInstanceOf(ActionError);
    expect([isActionError(error), isInputError(error)]).toEqual([true, false]);
  });

  test('isInputError() tells invalid input from other errors, and fields has messages for each input name', async () => {
    const portico = createPortico({ actions: server });

    const { error } = await portico.call(portico.actions.likePost, {} as { postId: string });

    if (!isInputError(error)) throw new Error('an input error was expected');
    expect(error.fields).toEqual({ postId: [expect.any(String)] });
    expect(isActionError(error)).toBe(true);
    expect(isInputError(undefined)).toBe(false);
  });
});
