import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

describe('Actions', () => {
  test('are defined in a server object: getGreeting', async () => {
    const server = {
      getGreeting: defineAction({
        input: z.object({ name: z.string() }),
        handler: async (input) => `Hello, ${input.name}!`,
      }),
    };
    const visitor = (await serve(createPortico({ actions: server }))).agent();

    const response = await visitor.post('/_actions/getGreeting', { name: 'Houston' });

    expect(response.status).toBe(200);
    expect(await response.json()).toBe('Hello, Houston!');
  });

  test('validate JSON input automatically', async () => {
    const ran: unknown[] = [];
    const server = {
      getGreeting: defineAction({
        input: z.object({ name: z.string() }),
        handler: async (input) => void ran.push(input),
      }),
    };
    const visitor = (await serve(createPortico({ actions: server }))).agent();

    const response = await visitor.post('/_actions/getGreeting', { name: 5 });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: 'ActionInputError',
      code: 'BAD_REQUEST',
      status: 400,
      fields: { name: [expect.stringContaining('string')] },
      issues: [{ path: ['name'] }],
    });
    expect(ran).toEqual([]);
  });

  test('can be grouped in nested objects, at any depth: actions.user.getUser()', async () => {
    const user = {
      getUser: defineAction({ handler: async () => 'Ada' }),
      createUser: defineAction({
        input: z.object({ name: z.string() }),
        handler: async ({ name }) => ({ name }),
      }),
    };
    const server = {
      myAction: defineAction({ handler: async () => 'mine' }),
      user,
      shop: { cart: { lines: { add: defineAction({ handler: async () => 'added' }) } } },
    };
    const portico = createPortico({ actions: server });
    const visitor = (await serve(portico)).agent();

    const got = await Promise.all([
      visitor.post('/_actions/myAction'),
      visitor.post('/_actions/user.getUser'),
      visitor.post('/_actions/user.createUser', { name: 'Grace' }),
      visitor.post('/_actions/shop.cart.lines.add'),
    ]);

    expect(await Promise.all(got.map((response) => response.json()))).toEqual([
      'mine',
      'Ada',
      { name: 'Grace' },
      'added',
    ]);
    expect(portico.actions.shop.cart.lines.add.path).toBe('/_actions/shop.cart.lines.add');
  });

  test('return a data format that can handle Dates, Maps, Sets and URLs', async () => {
    const data = {
      when: new Date(0),
      tags: new Set(['a']),
      prices: new Map([['shoe', 5n]]),
      home: new URL('https://example.com/'),
    };
    const server = { rich: defineAction({ handler: async () => data }) };
    const portico = createPortico({ actions: server });
    const visitor = (await serve(portico)).agent();

    const response = await visitor.post('/_actions/rich');

    expect(response.headers.get('content-type')).toBe('application/json+devalue');
    const { parse } = await import('devalue');
    expect(parse(await response.text(), { URL: (href: string) => new URL(href) })).toEqual(data);
  });

  test('are accessible as public endpoints by name: blog.like() at /_actions/blog.like', async () => {
    const server = { blog: { like: defineAction({ handler: async () => 1 }) } };
    const { agent } = await serve(createPortico({ actions: server }));

    // Not a browser: no Origin, no Sec-Fetch-Site, no cookies.
    const response = await agent({ browser: false }).post('/_actions/blog.like');

    expect([response.status, await response.json()]).toEqual([200, 1]);
  });
});
