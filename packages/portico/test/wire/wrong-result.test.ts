import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { serve } from '../support/serve.ts';
import { JSON_ACCEPT } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('an unserialisable result', () => {
  const errors: unknown[] = [];
  const app = () =>
    createPortico({
      actions: {
        odd: defineAction({
          accept: 'any',
          messages: { success: 'Done.' },
          handler: () => ({ run: () => 1 }),
        }),
      },
      onError: (error) => errors.push(error),
    });

  test('is 500 with a requestId on the rpc wire, by form too, and logged', async () => {
    errors.length = 0;
    const visitor = (await serve(app(), { pages: () => new Response('a page') })).agent();

    const rpc = await visitor.post('/_actions/odd');
    const page = await visitor.post('/page?_action=odd', new URLSearchParams(), { headers: JSON_ACCEPT });

    for (const response of [rpc, page]) {
      expect([response.status, await response.json()]).toMatchObject([
        500,
        { requestId: expect.any(String) },
      ]);
    }
    expect(errors).toHaveLength(2);
  });

  test('after a form success the redirect goes on, the result is left out, logged', async () => {
    errors.length = 0;
    const portico = app();
    const visitor = (
      await serve(portico, {
        pages: (request) =>
          Response.json(portico.context(request).getActionResult(portico.actions.odd) ?? null),
      })
    ).agent();

    const posted = await visitor.post('/page?_action=odd', new URLSearchParams());
    const shown = await visitor.get('/page');

    expect([posted.status, posted.headers.get('location')]).toEqual([303, '/page']);
    expect([shown.status, await shown.json()]).toEqual([200, {}]);
    expect(errors).toHaveLength(1);
  });
});
