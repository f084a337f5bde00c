import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPortico, defineAction, type PorticoContext } from 'portico';
import { porticoHono, type PorticoEnv } from 'portico/hono';
import { toNodeListener } from 'portico/node';
import { z } from 'zod';
import { createAgent } from '../support/agent.ts';
import { production } from '../support/production.ts';

// DESIGN.md 7: "One shared host test-suite runs against every one of them over a real socket."

type Mounted = ReturnType<typeof mountApp>;

function mountApp() {
  const ran: string[] = [];
  const errors: unknown[] = [];
  const actions = {
    sign: defineAction({
      accept: 'any',
      input: z.object({ name: z.string().min(1), file: z.file().optional() }),
      messages: { success: 'Signed.', failure: 'Not signed.' },
      handler: async ({ name, file }, ctx) => {
        ran.push(name);
        ctx.cookies.set('signed', name, { path: '/' });
        ctx.headers.set('x-handler', 'yes');
        ctx.session.set('name', name);
        return { name, bytes: file ? (await file.bytes()).length : 0, address: ctx.clientAddress ?? null };
      },
    }),
    download: defineAction({
      method: 'GET',
      handler: () => new Response('a,b\n', { headers: { 'content-type': 'text/csv' } }),
    }),
    boom: defineAction({
      accept: 'any',
      handler: () => {
        throw new Error('secret');
      },
    }),
    later: defineAction({
      handler: (_input, ctx) =>
        ctx.after(new Promise<void>((resolve) => setTimeout(() => resolve(void ran.push('later')), 20))),
    }),
  };
  const portico = createPortico({
    actions,
    ...production,
    onError: (error) => void errors.push(error),
    use: [
      async (ctx, next) => {
        const response = await next();
        ctx.headers.set('x-middleware', 'yes');
        return response;
      },
    ],
  });
  return { portico, actions, ran, errors };
}

/** What the page at `/book` says, the same on every host. */
function book(ctx: PorticoContext, actions: Mounted['actions']): object {
  const { searchParams } = ctx.url;
  if (searchParams.has('redirect')) ctx.redirect(searchParams.get('redirect') ?? '', 302);
  if (searchParams.has('status')) ctx.status = Number(searchParams.get('status'));
  const form = ctx.form(actions.sign);
  const field = form.field('name');
  return {
    name: ctx.session.get('name') ?? null,
    flash: ctx.flash.all({ delete: true }),
    message: form.message ?? null,
    value: field.value,
    errors: field.errors.length,
    result: ctx.getActionResult(actions.sign)?.data ?? null,
    method: ctx.request.method,
  };
}

function pagesOf({ portico, actions, ran }: Mounted): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/book' && request.method === 'GET')
      return Response.json(book(portico.context(request), actions));
    if (pathname === '/echo') return new Response(await request.text());
    if (pathname === '/broken') throw new Error('of the page');
    ran.push(`404 ${request.method}`);
    return new Response('no such page', { status: 404 });
  };
}

const HOSTS: Array<[name: string, listener: (mounted: Mounted) => RequestListener]> = [
  [
    'portico/node',
    (mounted) =>
      toNodeListener(mounted.portico, {
        pages: pagesOf(mounted),
        has: (path) => /^\/(?:book|echo|broken)$/.test(path),
      }),
  ],
  [
    'portico/hono',
    (mounted) => {
      const { portico, actions, ran } = mounted;
      const app = new Hono<PorticoEnv>();
      app.onError((error, c) => c.text(error.message === 'of the page' ? 'broken' : 'other', 500));
      app.use(porticoHono(portico, app));
      app.get('/book', (c) => c.json(book(c.var.portico, actions)));
      app.post('/echo', async (c) => c.text(await c.req.text()));
      app.get('/echo', (c) => c.text(''));
      app.get('/broken', () => {
        throw new Error('of the page');
      });
      app.notFound((c) => (ran.push(`404 ${c.req.method}`), c.text('no such page', 404)));
      return getRequestListener(app.fetch);
    },
  ],
  [
    'portico.wrap',
    (mounted) => {
      const handle = mounted.portico.wrap(pagesOf(mounted), {
        has: (path) => /^\/(?:book|echo|broken)$/.test(path),
      });
      return (message, response) => {
        const answered = handle(webRequest(message), { clientAddress: message.socket.remoteAddress }).catch(
          () => new Response('broken', { status: 500 }),
        );
        void answered.then(async (answer) => {
          response.writeHead(answer.status, [...answer.headers].flat());
          response.end(Buffer.from(await answer.arrayBuffer()));
        });
      };
    },
  ],
];

function webRequest(message: IncomingMessage): Request {
  const headers = new Headers(message.headers as Record<string, string>);
  const { method = 'GET' } = message;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const init = {
    method,
    headers,
    ...(hasBody && { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' }),
  };
  return new Request(`http://${message.headers.host}${message.url}`, init as RequestInit);
}

describe.each(HOSTS)('%s', (_name, listener) => {
  async function start() {
    const mounted = mountApp();
    const server = createServer(listener(mounted));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    return { ...mounted, url, visitor: createAgent(url) };
  }

  test('answers a typed call, with cookies, headers and the address of the client', async () => {
    const { visitor } = await start();
    const response = await visitor.post('/_actions/sign', { name: 'Ada' });
    expect([response.status, await response.json()]).toEqual([
      200,
      { name: 'Ada', bytes: 0, address: '127.0.0.1' },
    ]);
    expect([response.headers.get('x-handler'), response.headers.get('x-middleware')]).toEqual(['yes', 'yes']);
    expect([...visitor.cookies.keys()].toSorted()).toEqual([expect.stringContaining('portico'), 'signed']);
  });

  test('gives a page its context, and saves the session it touched', async () => {
    const { visitor } = await start();
    const response = await visitor.get('/book');
    expect([response.status, response.headers.get('x-middleware'), response.headers.getSetCookie()]).toEqual([
      200,
      'yes',
      [],
    ]);
    expect(await response.json()).toMatchObject({
      name: null,
      flash: {},
      value: '',
      errors: 0,
      method: 'GET',
    });
  });

  test('redirects after a form that went well, and the page knows the result and the flash, once', async () => {
    const { visitor } = await start();
    const posted = await visitor.post('/book?_action=sign', new URLSearchParams({ name: 'Ada' }));
    expect([posted.status, posted.headers.get('location'), posted.headers.get('x-handler')]).toEqual([
      303,
      '/book',
      'yes',
    ]);
    expect(await (await visitor.get('/book')).json()).toMatchObject({
      name: 'Ada',
      flash: { notice: 'Signed.' },
      result: { name: 'Ada' },
    });
    expect(await (await visitor.get('/book')).json()).toMatchObject({ name: 'Ada', flash: {}, result: null });
  });

  test('renders the page again after a failed form, by a GET without a body', async () => {
    const { visitor, ran } = await start();
    const response = await visitor.post('/book?_action=sign', new URLSearchParams({ name: '' }));
    expect([response.status, await response.json()]).toMatchObject([
      422,
      {
        message: 'Not signed.',
        flash: { error: 'Not signed.' },
        value: '',
        errors: 1,
        method: 'GET',
        result: null,
      },
    ]);
    expect([ran, response.headers.get('x-middleware')]).toEqual([[], 'yes']);
  });

  test('takes multipart forms with files', async () => {
    const { visitor } = await start();
    const form = new FormData();
    form.append('name', 'Ada');
    form.append('file', new File([new Uint8Array(300_000)], 'a.bin'));
    const response = await visitor.post('/book?_action=sign', form, {
      headers: { accept: 'application/json' },
    });
    expect(await response.json()).toMatchObject({ name: 'Ada', bytes: 300_000 });
  });

  test('hands a body that is not ours to the page whole', async () => {
    const { visitor } = await start();
    const text = `first=1&action=nothing&x=${'y'.repeat(200_000)}`;
    const response = await visitor.post('/echo', text, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([response.status, (await response.text()) === text]).toEqual([200, true]);
  });

  test('does not run an action that is posted to a page that is not there', async () => {
    const { visitor, ran } = await start();
    const response = await visitor.post('/nowhere?_action=sign', new URLSearchParams({ name: 'Ada' }));
    expect([response.status, ran.includes('Ada')]).toEqual([404, false]);
  });

  test('sends a Response of a handler as it is, and no body to HEAD', async () => {
    const { visitor } = await start();
    const got = await visitor.get('/actions/download');
    const head = await visitor.get('/actions/download', { method: 'HEAD' });
    expect([got.headers.get('content-type'), await got.text(), head.status, await head.text()]).toEqual([
      'text/csv',
      'a,b\n',
      200,
      '',
    ]);
  });

  test('answers a foreign error with 500 and tells onError alone', async () => {
    const { visitor, errors } = await start();
    const response = await visitor.post('/_actions/boom', {});
    expect([response.status, (await response.text()).includes('secret'), errors.map(String)]).toEqual([
      500,
      false,
      ['Error: secret'],
    ]);
  });

  test('an error of a page is the host’s to answer', async () => {
    const { visitor } = await start();
    const response = await visitor.get('/broken');
    expect([response.status, (await response.text()).includes('of the page')]).toEqual([500, false]);
  });

  test('goes on with ctx.after once the answer is out', async () => {
    const { visitor, ran } = await start();
    expect((await visitor.post('/_actions/later', {})).status).toBe(204);
    await expect.poll(() => ran).toEqual(['later']);
  });

  test('goes where a page says by ctx.redirect, and answers with its ctx.status', async () => {
    const { visitor } = await start();
    const redirected = await visitor.get('/book?redirect=/вход');
    const gone = await visitor.get('/book?status=410');
    const failed = await visitor.post('/book?_action=sign&status=410', new URLSearchParams({ name: '' }));
    expect([redirected.status, redirected.headers.get('location'), gone.status, failed.status]).toEqual([
      302,
      '/%D0%B2%D1%85%D0%BE%D0%B4',
      410,
      410,
    ]);
  });

  test('leaves pages it does not know to the host', async () => {
    const { visitor, ran } = await start();
    const response = await visitor.get('/nowhere');
    expect([response.status, await response.text(), ran]).toEqual([404, 'no such page', ['404 GET']]);
  });
});
