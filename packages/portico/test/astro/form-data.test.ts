import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, isInputError } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

function newsletterApp(seen: unknown[]) {
  return createPortico({
    actions: {
      newsletter: defineAction({
        accept: 'form',
        input: z.object({ email: z.email(), terms: z.boolean() }),
        handler: async ({ email, terms }) => {
          seen.push({ email, terms });
          return { email };
        },
      }),
    },
  });
}

describe('Accepting form data from an action', () => {
  test('parses submitted form data to an object, with each name attribute as a key', async () => {
    const seen: unknown[] = [];
    const server = {
      comment: defineAction({
        accept: 'form',
        input: z.object({ search: z.string() }),
        handler: async (input) => void seen.push(input),
      }),
    };
    const visitor = (await serve(createPortico({ actions: server }))).agent();

    const response = await visitor.post('/_actions/comment', new URLSearchParams({ search: 'user input' }));

    expect(response.status).toBe(204);
    expect(seen).toEqual([{ search: 'user input' }]);
  });

  test.each([
    ['urlencoded', () => new URLSearchParams({ b: '2', a: '1' })],
    ['multipart', () => toFormData({ b: '2', a: '1' })],
  ])('hands over the raw FormData object where input is omitted: %s', async (_kind, body) => {
    const server = {
      comment: defineAction({
        accept: 'form',
        handler: async (input) => [input instanceof FormData, ...input.entries()],
      }),
    };
    const visitor = (await serve(createPortico({ actions: server }))).agent();

    const response = await visitor.post('/_actions/comment', body());

    expect(await response.json()).toEqual([true, ['b', '2'], ['a', '1']]);
  });

  test.each([
    ['urlencoded', (fields: Record<string, string>) => new URLSearchParams(fields)],
    ['multipart', toFormData],
  ])('validates the newsletter form: %s', async (_kind, body) => {
    const seen: unknown[] = [];
    const visitor = (await serve(newsletterApp(seen))).agent();

    const ticked = await visitor.post(
      '/_actions/newsletter',
      body({ email: 'ada@example.com', terms: 'on' }),
    );
    const unticked = await visitor.post('/_actions/newsletter', body({ email: 'ada@example.com' }));
    const wrong = await visitor.post('/_actions/newsletter', body({ email: 'ada', terms: 'on' }));

    expect([ticked.status, unticked.status, wrong.status]).toEqual([200, 200, 400]);
    expect(seen).toEqual([
      { email: 'ada@example.com', terms: true },
      { email: 'ada@example.com', terms: false },
    ]);
    expect(await wrong.json()).toMatchObject({
      type: 'ActionInputError',
      fields: { email: [expect.any(String)] },
    });
  });

  test('error.fields.email has the messages to show the user', async () => {
    const portico = newsletterApp([]);

    const { error } = await portico.call(
      portico.actions.newsletter,
      toFormData({ email: 'ada', terms: 'on' }),
    );

    if (!isInputError(error)) throw new Error('an input error was expected');
    expect(error.fields.email?.join(', ')).toMatch(/email/i);
    expect(Object.keys(error.fields)).toEqual(['email']);
  });
});

function toFormData(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}
