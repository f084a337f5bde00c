import { describe, expect, test, vi } from 'vitest';
import {
  ActionError,
  createPortico,
  defineAction,
  isActionError,
  type PorticoContext,
  type PorticoOptions,
} from 'portico';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

const JSON_ACCEPT = { headers: { accept: 'application/json' } };

function app(options: Omit<PorticoOptions, 'actions' | 'plugins'>) {
  return createPortico({
    routes: { 'POST /send': 'fail' },
    ...options,
    actions: {
      fail: defineAction({
        accept: 'any',
        handler: () => {
          throw new Error('secret', { cause: new Error('secret cause') });
        },
      }),
      throwText: defineAction({
        handler: () => {
          throw 'secret text';
        },
      }),
      forgeError: defineAction({
        handler: () => {
          throw Object.assign(new Error('secret'), { type: 'ActionError', code: 'NOT_FOUND', status: 404 });
        },
      }),
      ownCause: defineAction({
        handler: () => {
          throw new ActionError({ code: 'BAD_GATEWAY', message: 'Shown.', cause: new Error('secret') });
        },
      }),
    },
  });
}

type Heard = Array<{ error: unknown; ctx: PorticoContext }>;

const DOORS: Array<[string, string, Record<string, string>]> = [
  ['rpc', '/_actions/fail', {}],
  ['page', '/page?_action=fail', {}],
  ['path', '/actions/fail', {}],
  ['query', '/page?action=fail', {}],
  ['body', '/page', { action: 'fail' }],
  ['route', '/send', {}],
];

describe('a thrown Error in production', () => {
  test.each(DOORS)(
    'at the door %s: the client gets a generic message and a requestId, onError the real error',
    async (_door, path, fields) => {
      const heard: Heard = [];
      const portico = app({ ...production, onError: (error, ctx) => heard.push({ error, ctx }) });
      const visitor = (await serve(portico)).agent();

      const json = await visitor.post(path, new URLSearchParams(fields), JSON_ACCEPT);
      const html = await visitor.post(path, new URLSearchParams(fields));

      const body = (await json.json()) as { message: string; requestId: string };
      expect([json.status, html.status]).toEqual([500, 500]);
      expect(body).toMatchObject({
        code: 'INTERNAL_SERVER_ERROR',
        message: 'Something went wrong on the server.',
      });
      expect(JSON.stringify(body)).not.toContain('secret');
      expect(JSON.stringify([...json.headers])).not.toContain('secret');
      const shown = await html.text();
      expect(shown).not.toContain('secret');
      expect(shown).toContain(heard[1]?.ctx.requestId);
      expect(heard).toHaveLength(2);
      expect(heard[0]?.error).toMatchObject({ message: 'secret', cause: { message: 'secret cause' } });
      expect(heard[0]?.ctx.requestId).toBe(body.requestId);
      expect(heard[0]?.ctx.action?.name).toBe('fail');
    },
  );

  test('a page that is rendered again learns no more', async () => {
    const portico = app({ ...production, onError: () => undefined });
    const pages = (request: Request): Response => {
      const { variables, getActionResult } = portico.context(request);
      const error = getActionResult.call(portico.context(request), portico.actions.fail)?.error;
      return Response.json({
        variables,
        code: error?.code,
        message: error?.message,
        requestId: error?.requestId,
      });
    };
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post('/page?_action=fail', new URLSearchParams());

    const text = await response.text();
    expect([response.status, text.includes('secret')]).toEqual([500, false]);
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) });
  });

  test.each([
    ['a text', 'throwText'],
    ['an error that looks like ours but is not', 'forgeError'],
  ])('the same for %s', async (_what, name) => {
    const heard: unknown[] = [];
    const visitor = (await serve(app({ ...production, onError: (error) => heard.push(error) }))).agent();

    const response = await visitor.post(`/_actions/${name}`);

    const text = await response.text();
    expect([response.status, text.includes('secret'), heard.length]).toEqual([500, false, 1]);
  });

  test('an ActionError of 500 and above shows its message, keeps its cause, and is logged', async () => {
    const heard: unknown[] = [];
    const visitor = (await serve(app({ ...production, onError: (error) => heard.push(error) }))).agent();

    const response = await visitor.post('/_actions/ownCause');

    const body = (await response.json()) as object;
    expect([response.status, body]).toMatchObject([
      502,
      { code: 'BAD_GATEWAY', message: 'Shown.', requestId: expect.any(String) },
    ]);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(heard[0]).toMatchObject({ cause: { message: 'secret' } });
  });

  test('without onError the logger has the stack and the request id', async () => {
    const logger = { error: vi.fn(), warn: vi.fn() };
    const visitor = (await serve(app({ ...production, logger }))).agent();

    const response = await visitor.post('/_actions/fail');

    const { requestId } = (await response.json()) as { requestId: string };
    expect(logger.error).toHaveBeenCalledOnce();
    const [message, error] = logger.error.mock.calls[0] as [string, Error];
    expect(message).toContain(requestId);
    expect(message).toContain('POST /_actions/fail');
    expect(error.stack).toContain('unexpected.test.ts');
  });

  test('an onError that throws itself spoils nothing', async () => {
    const logger = { error: vi.fn(), warn: vi.fn() };
    const onError = () => {
      throw new Error('the hook broke');
    };
    const visitor = (await serve(app({ ...production, logger, onError }))).agent();

    const response = await visitor.post('/_actions/fail');

    expect(await response.json()).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(logger.error).toHaveBeenCalledOnce();
  });

  test('in server code the caller gets the same error, with its cause', async () => {
    const portico = app({ ...production, onError: () => undefined });

    const { error } = await portico.call(portico.actions.fail);

    expect(isActionError(error)).toBe(true);
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', cause: { message: 'secret' } });
    expect(error?.message).not.toContain('secret');
  });
});

describe('a thrown Error with dev on', () => {
  test('controller-style JSON adds exception, file, line and trace', async () => {
    const visitor = (await serve(app({ dev: true, onError: () => undefined }))).agent();

    const response = await visitor.post('/actions/fail', new URLSearchParams(), JSON_ACCEPT);

    expect(await response.json()).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      exception: 'Error: secret',
      file: expect.stringContaining('unexpected.test.ts'),
      line: expect.any(Number),
      trace: expect.arrayContaining([expect.stringContaining('unexpected.test.ts')]),
    });
  });

  test('the plain error page shows the stack, escaped', async () => {
    const portico = createPortico({
      dev: true,
      onError: () => undefined,
      actions: {
        fail: defineAction({
          accept: 'form',
          handler: () => {
            throw new Error('<script>alert(1)</script>');
          },
        }),
      },
    });

    const response = await (await serve(portico)).agent().post('/actions/fail', new URLSearchParams());

    const text = await response.text();
    expect(text).toContain('unexpected.test.ts');
    expect(text).not.toContain('<script>');
  });
});

describe('other places that throw', () => {
  const throwing = (): never => {
    throw new Error('secret');
  };

  test.each<[string, Omit<PorticoOptions, 'actions' | 'plugins'>, number]>([
    ['user', { user: throwing }, 503],
    ['user, later', { user: () => Promise.reject(new Error('secret')) }, 503],
    ['middleware of the app', { use: [throwing] }, 500],
    ['middleware of the app, later', { use: [() => Promise.reject(new Error('secret'))] }, 500],
    ['trustedOrigins', { trustedOrigins: throwing }, 500],
  ])('%s: an answer with a body and without the secret, and a log line', async (_where, options, status) => {
    const heard: unknown[] = [];
    const { agent } = await serve(app({ ...production, ...options, onError: (error) => heard.push(error) }));
    const visitor = agent({ browser: false });

    const response = await visitor.post(
      '/_actions/ownCause',
      {},
      { headers: { origin: 'https://other.example' } },
    );

    const text = await response.text();
    expect([response.status, text.includes('secret'), text === '']).toEqual([status, false, false]);
    expect(heard.length).toBeGreaterThan(0);
    expect(JSON.parse(text)).toMatchObject({ status });
  });

  test.each<[string, object, number]>([
    ['access', { access: throwing }, 401],
    ['middleware of the action', { use: [throwing] }, 500],
    ['limit by', { limit: { points: 1, seconds: 1, by: throwing } }, 500],
  ])('%s of an action: refused, nothing runs', async (_where, options, status) => {
    const ran: string[] = [];
    const portico = createPortico({
      ...production,
      onError: () => undefined,
      actions: { save: defineAction({ ...options, handler: () => void ran.push('save') }) },
    });

    const response = await (await serve(portico)).agent().post('/_actions/save');

    const text = await response.text();
    expect([response.status, text.includes('secret'), ran]).toEqual([status, false, []]);
  });

  test('a page handler of the host: 500 with a body', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const visitor = (await serve(app(production), { pages: throwing })).agent();

    const response = await visitor.get('/');

    expect([response.status, (await response.text()).includes('secret')]).toEqual([500, false]);
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
  });

  test('an errorPage that throws falls back to the plain one', async () => {
    const heard: unknown[] = [];
    const visitor = (
      await serve(app({ ...production, errorPage: throwing, onError: (error) => heard.push(error) }))
    ).agent();

    const response = await visitor.post('/actions/nothing', new URLSearchParams());

    expect([response.status, heard.length]).toEqual([404, 1]);
    expect(await response.text()).toContain('no action of this name');
  });
});
