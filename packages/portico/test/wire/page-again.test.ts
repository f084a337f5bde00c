import { expect, test } from 'vitest';
import { z } from 'zod';
import { createPortico, defineAction } from 'portico';
import { serve } from '../support/serve.ts';

test('the page of a failed form is asked for without the form’s body and conditions', async () => {
  const save = defineAction({ accept: 'form', input: z.object({ name: z.string() }), handler: () => 'ok' });
  const asked: Headers[] = [];
  const { url } = await serve(createPortico({ actions: { save } }), {
    pages: (request) => {
      asked.push(request.headers);
      // As a page that knows its version answers.
      if (request.headers.get('if-none-match') === '"1"') return new Response(null, { status: 304 });
      return new Response('the page', { headers: { etag: '"1"' } });
    },
  });

  const answer = await fetch(`${url}/here${save}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      origin: url,
      'if-none-match': '"1"',
      range: 'bytes=0-3',
      'accept-language': 'de',
    },
    body: new URLSearchParams({ other: 'x' }),
  });

  expect(await answer.text()).toBe('the page');
  expect(answer.status).toBe(422);
  const names = asked.flatMap((headers) => [...headers.keys()]);
  expect(names).toContain('accept-language');
  for (const name of ['content-type', 'content-length', 'if-none-match', 'range']) {
    expect(names).not.toContain(name);
  }
});
