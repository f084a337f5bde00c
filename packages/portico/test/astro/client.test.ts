import { describe, expect, test } from 'vitest';
import { ActionError, createPortico, defineAction } from 'portico';
import { createClient, isInputError } from 'portico/client';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

const server = {
  getGreeting: defineAction({
    input: z.object({ name: z.string() }),
    handler: async (input) => `Hello, ${input.name}!`,
  }),
  likePost: defineAction({
    input: z.object({ postId: z.string() }),
    handler: async ({ postId }) => {
      if (postId === 'gone') throw new ActionError({ code: 'NOT_FOUND', message: 'No such post.' });
      return 7;
    },
  }),
  newsletter: defineAction({
    accept: 'form',
    input: z.object({ email: z.email(), terms: z.boolean() }),
    handler: async ({ email, terms }) => ({ email, terms }),
  }),
  logout: defineAction({ handler: async () => undefined }),
  user: { getUser: defineAction({ handler: async () => ({ since: new Date(0) }) }) },
};
const portico = createPortico({ actions: server });

async function connect() {
  const { url } = await serve(portico);
  return createClient<typeof portico>({ baseUrl: url });
}

describe('Calling actions from the client', () => {
  test('const { data, error } = await actions.getGreeting({ name: "Houston" })', async () => {
    const actions = await connect();

    const { data, error } = await actions.getGreeting({ name: 'Houston' });

    expect([data, error]).toEqual(['Hello, Houston!', undefined]);
  });

  test('actions.user.getUser() of a nested object, with a Date in its data', async () => {
    const actions = await connect();

    const { data } = await actions.user.getUser();

    expect(data).toEqual({ since: new Date(0) });
  });

  test('actions.likePost.orThrow returns the data directly, and throws the error', async () => {
    const actions = await connect();

    const updatedLikes: number = await actions.likePost.orThrow({ postId: 'example' });

    expect(updatedLikes).toBe(7);
    await expect(actions.likePost.orThrow({ postId: 'gone' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      message: 'No such post.',
    });
  });

  test('error.code decides whether to show a login link', async () => {
    const actions = await connect();

    const { error } = await actions.likePost({ postId: 'gone' });

    expect(error?.code).toBe('NOT_FOUND');
    expect(error).toBeInstanceOf(ActionError);
  });

  test('const { error } = await actions.logout(): data and error are both undefined', async () => {
    const actions = await connect();

    expect(await actions.logout()).toEqual({ data: undefined, error: undefined });
  });

  test('await actions.newsletter(formData)', async () => {
    const actions = await connect();
    const formData = new FormData();
    formData.append('email', 'ada@example.com');
    formData.append('terms', 'on');

    const { data } = await actions.newsletter(formData);

    expect(data).toEqual({ email: 'ada@example.com', terms: true });
  });

  test('isInputError(error) and error.fields.email', async () => {
    const actions = await connect();
    const formData = new FormData();
    formData.append('email', 'ada');

    const { error } = await actions.newsletter(formData);

    if (!isInputError(error)) throw new Error('an input error was expected');
    expect(error.fields['email']?.join(', ')).toMatch(/email/i);
  });

  test('action={actions.newsletter} of the client is the same query string as on the server', async () => {
    const actions = await connect();

    expect(`${actions.newsletter}`).toBe(`${portico.actions.newsletter}`);
    expect(actions.newsletter.queryString).toBe('?_action=newsletter');
  });
});
