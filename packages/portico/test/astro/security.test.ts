import { describe, expect, test } from 'vitest';
import { ActionError, createPortico, defineAction, getActionContext } from 'portico';
import { serve } from '../support/serve.ts';

describe('Authorize users from an action handler', () => {
  test('context.locals has what middleware put there; an action may refuse with UNAUTHORIZED', async () => {
    const portico = createPortico({
      actions: {
        getUserSettings: defineAction({
          handler: async (_input, context) => {
            if (!context.locals['user']) throw new ActionError({ code: 'UNAUTHORIZED' });
            return { theme: 'dark' };
          },
        }),
      },
      use: [
        (context, next) => {
          if (context.cookies.get('user-session')?.value === 'good') context.locals['user'] = { id: 1 };
          return next();
        },
      ],
    });
    const { agent } = await serve(portico);
    const guest = agent();
    const member = agent();
    member.cookies.set('user-session', 'good');

    const refused = await guest.post('/_actions/getUserSettings');
    const allowed = await member.post('/_actions/getUserSettings');

    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    expect([allowed.status, await allowed.json()]).toEqual([200, { theme: 'dark' }]);
  });
});

describe('Gate actions from middleware', () => {
  function gatedApp(ran: string[]) {
    return createPortico({
      actions: {
        blog: {
          like: defineAction({
            accept: 'any',
            handler: async (_input, ctx) => void ran.push(ctx.action.name),
          }),
        },
      },
      use: [
        async (context, next) => {
          const { action } = getActionContext(context);
          if (action?.calledFrom === 'rpc' && !context.cookies.has('user-session')) {
            return new Response('Forbidden', { status: 403 });
          }
          context.cookies.set('user-session', 'token');
          return next();
        },
      ],
    });
  }

  test('rejects all client-side calls that do not have a session token', async () => {
    const ran: string[] = [];
    const visitor = (await serve(gatedApp(ran), { pages: () => new Response('page') })).agent();

    const refused = await visitor.post('/_actions/blog.like', {});
    expect([refused.status, await refused.text(), ran]).toEqual([403, 'Forbidden', []]);

    await visitor.get('/');
    expect(visitor.cookies.get('user-session')).toBe('token');

    const allowed = await visitor.post('/_actions/blog.like', {});
    expect([allowed.status, ran]).toEqual([204, ['blog.like']]);
  });

  test('tells whether the action was called by RPC or by an HTML form', async () => {
    const ran: string[] = [];
    const visitor = (await serve(gatedApp(ran), { pages: () => new Response('page') })).agent();

    const response = await visitor.post('/?_action=blog.like', new URLSearchParams());

    expect([response.status, ran]).toEqual([303, ['blog.like']]);
  });
});
