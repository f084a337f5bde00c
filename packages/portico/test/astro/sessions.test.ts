import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  createPortico,
  defineAction,
  getActionContext,
  isInputError,
  type PorticoContext,
  type SerializedActionResult,
} from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

const newsletter = () =>
  defineAction({
    accept: 'form',
    input: z.object({ email: z.email() }),
    handler: async ({ email }) => ({ email, since: new Date(0) }),
  });

describe('Advanced: Persist action results with a session', () => {
  test('middleware runs the action of a form and sets what getActionResult returns', async () => {
    let runs = 0;
    const portico = createPortico({
      actions: {
        count: defineAction({ accept: 'form', handler: async () => ({ runs: ++runs }) }),
      },
      use: [
        async (context, next) => {
          const { action, setActionResult, serializeActionResult } = getActionContext(context);
          if (action?.calledFrom === 'form') {
            const result = await action.handler();
            setActionResult(action.name, serializeActionResult(result));
          }
          return next();
        },
      ],
    });
    const pages = (request: Request): Response =>
      Response.json(portico.context(request).getActionResult(portico.actions.count) ?? null);
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post('/?_action=count', new URLSearchParams());

    expect([response.status, await response.json()]).toEqual([200, { data: { runs: 1 } }]);
    expect(runs).toBe(1);
  });

  test('middleware replaces a result: what it sets is what the page sees, and the action does not run again', async () => {
    let runs = 0;
    const portico = createPortico({
      actions: { count: defineAction({ accept: 'form', handler: async () => ++runs }) },
      use: [
        async (context, next) => {
          const { action, setActionResult, serializeActionResult } = getActionContext(context);
          if (action)
            setActionResult(action.name, serializeActionResult({ data: 'replaced', error: undefined }));
          return next();
        },
      ],
    });
    const pages = (request: Request): Response =>
      Response.json(portico.context(request).getActionResult(portico.actions.count) ?? null);
    const visitor = (await serve(portico, { pages })).agent();

    const byForm = await visitor.post('/?_action=count', new URLSearchParams());
    const byRpc = await visitor.post('/_actions/count', new URLSearchParams());

    expect(await byForm.json()).toEqual({ data: 'replaced' });
    expect(await byRpc.json()).toBe('replaced');
    expect(runs).toBe(0);
  });

  /** The middleware of the text, with a Map for the Blob store and `url.pathname` for `originPathname`. */
  function persistingApp() {
    const actionStore = new Map<string, { actionName: string; actionResult: SerializedActionResult }>();
    const portico = createPortico({
      actions: { newsletter: newsletter() },
      use: [
        async (context, next) => {
          const { action, setActionResult, serializeActionResult } = getActionContext(context);
          const sessionId = context.cookies.get('action-session-id')?.value;
          const session = sessionId ? actionStore.get(sessionId) : undefined;
          if (sessionId && session) {
            setActionResult(session.actionName, session.actionResult);
            actionStore.delete(sessionId);
            context.cookies.delete('action-session-id');
            return next();
          }
          if (action?.calledFrom === 'form') {
            const actionResult = await action.handler();
            const newId = randomUUID();
            actionStore.set(newId, {
              actionName: action.name,
              actionResult: serializeActionResult(actionResult),
            });
            context.cookies.set('action-session-id', newId);
            if (actionResult.error) {
              const referer = context.request.headers.get('Referer');
              if (!referer)
                throw new Error('Internal: Referer unexpectedly missing from Action POST request.');
              return context.redirect(referer);
            }
            return context.redirect(context.url.pathname);
          }
          return next();
        },
      ],
    });
    const pages = (request: Request): Response => {
      const result = portico.context(request).getActionResult(portico.actions.newsletter);
      if (!result) return new Response('nothing');
      if (isInputError(result.error))
        return new Response(`refused: ${Object.keys(result.error.fields).join()}`);
      return new Response(
        result.error ? result.error.code : `${result.data.email} since ${result.data.since.toISOString()}`,
      );
    };
    return { portico, pages, actionStore };
  }

  test('a success is stored, redirected to the destination page and shown there once', async () => {
    const { portico, pages, actionStore } = persistingApp();
    const visitor = (await serve(portico, { pages })).agent();

    const posted = await visitor.post(
      '/news?_action=newsletter',
      new URLSearchParams({ email: 'ada@example.com' }),
    );
    expect([posted.status, posted.headers.get('location')]).toEqual([303, '/news']);
    expect(visitor.cookies.has('action-session-id')).toBe(true);

    const shown = await visitor.get('/news');
    expect(await shown.text()).toBe('ada@example.com since 1970-01-01T00:00:00.000Z');
    expect([visitor.cookies.has('action-session-id'), actionStore.size]).toEqual([false, 0]);
    expect(await (await visitor.get('/news')).text()).toBe('nothing');
  });

  test('a failure is stored, redirected back to the previous page and shown there once', async () => {
    const { portico, pages } = persistingApp();
    const { agent, url } = await serve(portico, { pages });
    const visitor = agent();

    const posted = await visitor.post('/news?_action=newsletter', new URLSearchParams({ email: 'ada' }), {
      headers: { referer: `${url}/signup` },
    });
    expect([posted.status, posted.headers.get('location')]).toEqual([303, `${url}/signup`]);

    expect(await (await visitor.get('/signup')).text()).toBe('refused: email');
    expect(await (await visitor.get('/signup')).text()).toBe('nothing');
  });

  test('without any middleware, Portico does the same by itself', async () => {
    const portico = createPortico({ actions: { newsletter: newsletter() } });
    const pages = (request: Request): Response => {
      const result = portico.context(request).getActionResult(portico.actions.newsletter);
      return new Response(result?.data?.email ?? result?.error?.code ?? 'nothing');
    };
    const visitor = (await serve(portico, { pages })).agent();

    const posted = await visitor.post(
      '/news?_action=newsletter',
      new URLSearchParams({ email: 'ada@example.com' }),
    );

    expect([posted.status, posted.headers.get('location')]).toEqual([303, '/news']);
    expect(await (await visitor.get('/news')).text()).toBe('ada@example.com');
    expect(await (await visitor.get('/news')).text()).toBe('nothing');
  });

  test.each([
    ['plain data', { data: { id: 1 }, error: undefined }],
    ['rich data', { data: new Map([['when', new Date(5)]]), error: undefined }],
    ['no data', { data: undefined, error: undefined }],
    ['a redirect', { data: 1, error: undefined, redirect: '/there' }],
  ])('serializeActionResult and deserializeActionResult give a result back: %s', async (_what, result) => {
    let roundTrip: unknown;
    let text = '';
    const portico = createPortico({
      actions: { newsletter: newsletter() },
      use: [
        (context: PorticoContext) => {
          const { serializeActionResult, deserializeActionResult } = getActionContext(context);
          text = JSON.stringify(serializeActionResult(result));
          roundTrip = deserializeActionResult(JSON.parse(text) as SerializedActionResult);
          return new Response('done');
        },
      ],
    });

    await portico.fetch(new Request('http://localhost/'));

    expect(roundTrip).toEqual(result);
  });

  test('deserializeActionResult gives input errors back as input errors', async () => {
    let caught: unknown;
    const portico = createPortico({
      actions: { newsletter: newsletter() },
      use: [
        async (context, next) => {
          const { action, serializeActionResult, deserializeActionResult } = getActionContext(context);
          const result = await action?.handler();
          if (result) caught = deserializeActionResult(serializeActionResult(result)).error;
          return next();
        },
      ],
    });

    await portico.fetch(
      new Request('http://localhost/_actions/newsletter', {
        method: 'POST',
        body: new URLSearchParams({ email: 'ada' }),
      }),
    );

    if (!isInputError(caught)) throw new Error('an input error was expected');
    expect(caught.fields).toEqual({ email: [expect.any(String)] });
    expect(caught.status).toBe(400);
  });
});
