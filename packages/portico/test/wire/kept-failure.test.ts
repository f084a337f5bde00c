import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

const circle: { self?: unknown } = {};
circle.self = circle;

const ODD_DATA: Array<[string, unknown]> = [
  ['plain data', { since: 5 }],
  ['a Date', { since: new Date(0) }],
  ['a bigint', { since: 5n }],
  ['a Map', { since: new Map([['a', 1]]) }],
  ['a function', { since: () => 1 }],
  ['a cycle', circle],
  ['40 levels', nested(40)],
  ['100 KB', { since: 'x'.repeat(100_000) }],
];

function refusing(data: unknown) {
  return createPortico({
    logger: { error: () => undefined, warn: () => undefined },
    actions: {
      save: defineAction({
        accept: 'form',
        handler: (_input, ctx) => ctx.fail('CONFLICT', data, 'It is taken.'),
      }),
    },
  });
}

describe('a failure whose page cannot be rendered in place waits in the session', () => {
  test.each(ODD_DATA)(
    'though its error carries %s: a 303 to the Referer, and the page shows the message',
    async (_what, data) => {
      const portico = refusing(data);
      const pages = (request: Request): Response =>
        new Response(portico.context(request).flash.get('error') ?? 'nothing');
      const { agent, url } = await serve(portico, { pages });
      const visitor = agent();

      const posted = await visitor.post('/actions/save', new URLSearchParams(), {
        headers: { referer: `${url}/form` },
      });
      const shown = await visitor.get('/form');

      expect([posted.status, posted.headers.get('location')]).toEqual([303, '/form']);
      expect(await shown.text()).toBe('It is taken.');
    },
  );

  test.each(ODD_DATA)('and is told as JSON, though its error carries %s', async (_what, data) => {
    const visitor = (await serve(refusing(data))).agent();

    for (const path of ['/actions/save', '/_actions/save', '/page?_action=save']) {
      const response = await visitor.post(path, new URLSearchParams(), {
        headers: { accept: 'application/json' },
      });
      expect([path, response.status]).toEqual([path, 409]);
      expect(await response.text()).toContain('It is taken.');
    }
  });

  test.each([
    ['a text', '"hello"'],
    ['a list', '[1,2]'],
    ['null', 'null'],
    ['40 names in each other', `{"a":${'{"a":'.repeat(24)}1${'}'.repeat(24)}}`],
  ])('though what was sent is %s', async (_what, body) => {
    const portico = createPortico({
      actions: {
        save: defineAction({ model: 'entry', input: z.object({ title: z.string() }), handler: () => 1 }),
      },
    });
    const pages = (request: Request): Response =>
      new Response(typeof portico.context(request).variables['entry']);
    const { agent, url } = await serve(portico, { pages });
    const visitor = agent();

    const waiting = await visitor.post('/actions/save', body, { headers: { referer: `${url}/form` } });
    const inPlace = await visitor.post('/form?action=save', body);

    expect([waiting.status, inPlace.status, await inPlace.text()]).toEqual([303, 422, 'object']);
    expect(await (await visitor.get('/form')).text()).toBe('object');
  });
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}
