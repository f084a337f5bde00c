import { createPortico, defineAction } from 'portico';
import { openApi, openApiEndpoint } from 'portico/openapi';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { production } from '../support/production.ts';

const SECRET = 'the-default-key-of-a-careless-developer';

const actions = {
  connect: defineAction({
    accept: 'any',
    input: z.object({
      password: z.string().default(SECRET),
      key: z.string().default(SECRET).meta({ secret: true }),
      pin: z.string().meta({ secret: true }).default(SECRET),
      code: z.string().meta({ secret: true, examples: [SECRET] }),
      codes: z.array(z.string()).default([SECRET]).meta({ secret: true }),
      open: z.string().default('a default that may be read'),
    }),
    access: () => {
      throw new Error(SECRET);
    },
    handler: () => {
      throw new Error(SECRET);
    },
  }),
};

test('the document tells no default and no example of a secret', () => {
  const text = JSON.stringify(
    openApi(createPortico({ ...production, actions }), { title: 'a', version: '1' }),
  );
  expect(text).not.toContain(SECRET);
  expect(text).toContain('a default that may be read');
});

test('nothing serves the document that was not asked to, and what serves it takes no action', async () => {
  const post = (app: { fetch(request: Request): Promise<Response> }): Promise<Response> =>
    app.fetch(
      new Request('http://localhost/openapi.json?_action=connect', {
        method: 'POST',
        body: new URLSearchParams({ action: 'connect' }),
        headers: { 'sec-fetch-site': 'same-origin' },
      }),
    );
  const without = createPortico({ ...production, actions });
  expect((await without.fetch(new Request('http://localhost/openapi.json'))).status).toBe(404);
  const plugins = [openApiEndpoint({ title: 'a', version: '1' })];
  const app = createPortico({ ...production, actions, plugins });
  expect((await post(app)).status).toBe(405);
  const answer = await app.fetch(new Request('http://localhost/openapi.json'));
  expect(await answer.text()).not.toContain(SECRET);
});
