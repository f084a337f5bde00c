import { createMemorySessionStore, createPortico, defineAction } from 'portico';
import { form } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { stateOf } from '../../src/http/session/session.ts';
import { exchangeOf } from '../../src/context/request-context.ts';
import { production } from '../support/production.ts';

const actions = {
  signIn: defineAction({
    input: z.object({ as: z.string().optional() }),
    handler: ({ as }, ctx) => {
      stateOf(exchangeOf(ctx).session).userId = as;
    },
  }),
  save: defineAction({
    accept: 'form',
    input: z.object({ title: z.string().min(3), diagnosis: z.string() }),
    handler: ({ diagnosis }) => ({ diagnosis }),
  }),
};

describe.each([
  ['a cookie', () => ({})],
  ['a store', () => ({ session: { store: createMemorySessionStore() } })],
] as const)('two people at one browser, sessions in %s', (_name, options) => {
  const visit = () => {
    const portico = createPortico({ actions, ...options(), ...production });
    const pages = (request: Request): Response => {
      const ctx = portico.context(request);
      return Response.json([
        form(ctx, actions.save).field('diagnosis').value,
        ctx.getActionResult(actions.save),
      ]);
    };
    return createTestClient(portico, { pages, follow: false });
  };

  it.each([
    ['what failed', 'x'],
    ['what succeeded', 'long enough'],
  ])('who signs in next does not see %s before', async (_what, title) => {
    const client = visit();
    await client.rpc(actions.signIn, { as: 'ann' });
    const sent = await client.controller(actions.save, { title, diagnosis: 'private' }, { from: '/form' });
    expect(sent.status).toBe(303);
    await client.rpc(actions.signIn, {});
    await client.rpc(actions.signIn, { as: 'ben' });
    expect((await client.get('/form')).text).not.toContain('private');
  });

  it('what a guest typed waits until he has signed in', async () => {
    const client = visit();
    await client.controller(actions.save, { title: 'x', diagnosis: 'private' }, { from: '/form' });
    await client.rpc(actions.signIn, { as: 'ann' });
    expect((await client.get('/form')).text).toContain('private');
  });
});
