import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { gunzipSync, createGzip } from 'node:zlib';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ActionError } from 'portico';
import { porticoExpress } from 'portico/express';
import { createAgent, type Agent } from '../support/agent.ts';
import { formPage, said, signup } from './fixtures/signup.ts';
import { listening } from './fixtures/listening.ts';

const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);

async function serving(app: Express): Promise<{ url: string; visitor: Agent }> {
  const { url, close } = await listening(app, 'plain');
  onTestFinished(close);
  return { url, visitor: createAgent(url) };
}

/** The form's page at `/`, behind Portico, with what a test adds. */
function app(
  extend: (app: Express) => void = () => undefined,
  before: readonly RequestHandler[] = [],
): Express {
  const made = express();
  for (const middleware of before) made.use(middleware);
  made.use(porticoExpress(signup().portico));
  made.get('/', (req, res) => void res.send(formPage(req.portico)));
  extend(made);
  return made;
}

describe('a form', () => {
  test('that fails is shown again in place, with what was typed; sent again it redirects and tells once', async () => {
    const { visitor } = await serving(app());
    const failed = await visitor.post('/?page=2&_action=newsletter', form({ email: 'nobody' }));
    const again = await failed.text();
    expect(failed.status).toBe(422);
    expect(said(again, 'email')).toBe('nobody');
    expect(said(again, 'errors')).not.toBe('');
    expect(said(again, 'method')).toBe('GET');
    expect(said(again, 'path')).toBe('/?page=2');

    const sent = await visitor.post('/?_action=newsletter', form({ email: 'a@example.org' }));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/']);
    expect(sent.headers.getSetCookie().map((line) => line.split(';')[0])).toEqual(
      expect.arrayContaining(['one=1', 'two=2']),
    );
    const first = await (await visitor.get('/')).text();
    expect([said(first, 'notice'), said(first, 'signed')]).toEqual(['Thanks!', 'a@example.org']);
    expect(said(await (await visitor.get('/')).text(), 'notice')).toBe('');
  });

  test.each(['?_action=newsletter', '?action=newsletter'])(
    'finds the page again by %s, after middleware ran once',
    async (query) => {
      let runs = 0;
      const counted: RequestHandler = (_req, res, next) => {
        res.cookie('before', String(++runs));
        next();
      };
      const { visitor } = await serving(app(undefined, [counted]));
      const failed = await visitor.post(`/${query}`, form({ email: 'nobody' }));
      expect(failed.status).toBe(422);
      expect(runs).toBe(1);
      expect(failed.headers.getSetCookie().filter((line) => line.startsWith('before='))).toHaveLength(1);
    },
  );

  test('on a missing page runs nothing, and a page that says 404 itself gets the error page', async () => {
    const { portico } = signup();
    const made = express().use(porticoExpress(portico));
    made.get('/gone', (_req, res) => void res.status(404).set('X-Page', '1').send('a page of no use'));
    const { visitor } = await serving(made);
    const missing = await visitor.post('/missing?_action=newsletter', form({ email: 'a@example.org' }));
    expect([missing.status, missing.headers.getSetCookie()]).toEqual([404, []]);
    const gone = await visitor.post('/gone?_action=newsletter', form({ email: 'nobody' }));
    expect(gone.status).toBe(422);
    expect(gone.headers.get('x-page')).toBeNull();
    expect(await gone.text()).not.toContain('a page of no use');
  });

  test('may have its action render another page', async () => {
    const { visitor } = await serving(
      app((made) => made.get('/elsewhere', (req, res) => void res.send(formPage(req.portico)))),
    );
    const shown = await visitor.post('/?_action=elsewhere', form({}));
    expect([shown.status, said(await shown.text(), 'from')]).toEqual([200, 'the action']);
  });
});

describe('actions', () => {
  test('are answered beside headers and cookies of middleware before', async () => {
    const before: RequestHandler = (_req, res, next) => {
      res.cookie('theirs', 'yes').set('X-Theirs', 'yes').vary('Accept-Encoding');
      next();
    };
    const { visitor } = await serving(app(undefined, [before]));
    const response = await visitor.post('/_actions/newsletter', { email: 'a@example.org' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ email: 'a@example.org' });
    expect(response.headers.get('x-theirs')).toBe('yes');
    expect(response.headers.getSetCookie().map((line) => line.split(';')[0])).toEqual(
      expect.arrayContaining(['theirs=yes', 'one=1', 'two=2']),
    );
  });

  test('take streamed uploads', async () => {
    const { visitor } = await serving(app());
    const body = new FormData();
    body.set('note', 'n');
    body.set('file', new File(['x'.repeat(300_000)], 'x.txt'));
    const response = await visitor.post('/_actions/upload', body);
    expect(await response.json()).toEqual({ note: 'n', text: 'x'.repeat(300_000) });
  });
});

describe('a page', () => {
  const answers: Record<string, RequestHandler> = {
    json: (_req, res) => void res.json({ page: 'whole' }),
    send: (_req, res) => void res.send('whole'),
    redirect: (_req, res) => void res.redirect('/whole'),
    sendFile: (_req, res) => void res.sendFile(import.meta.filename),
    writeHead: (_req, res) => void res.writeHead(201, { 'X-Head': 'set' }).end('whole'),
    'writeHead with a list': (_req, res) =>
      void res.writeHead(201, ['X-Head', 'set', 'X-Other', 'b']).end('whole'),
    pipe: (_req, res) => void Readable.from(['wh', 'o', 'le']).pipe(res),
    'late writes': (_req, res) => {
      res.write('wh');
      setImmediate(() => res.end('ole'));
    },
    'no content': (_req, res) => void res.status(204).end(),
    render: (_req, res) => void res.render('whole'),
    'an odd status': (_req, res) => void res.status(799).send('whole'),
  };
  test.each(Object.entries(answers))('that answers by %s has its session saved', async (_name, answer) => {
    const { visitor } = await serving(
      app((made) => {
        made.engine('txt', (_path, _options, done) => done(null, 'whole'));
        made.set('view engine', 'txt').set('views', import.meta.dirname);
        made.set(
          'view',
          class {
            path = 'whole';
            render(_options: unknown, done: (error: null, text: string) => void): void {
              done(null, 'whole');
            }
          },
        );
        made.get('/page', (req, res, next) => {
          req.portico.session.set('visits', 41);
          res.cookie('theirs', 'yes');
          return answer(req, res, next);
        });
        made.get('/bare', answer);
      }),
    );
    const bare = await visitor.get('/bare');
    const page = await visitor.get('/page');
    expect(page.status).toBe(bare.status);
    expect(await page.text()).toBe(await bare.text());
    for (const name of ['content-type', 'content-length', 'transfer-encoding', 'x-head', 'etag', 'location'])
      expect(page.headers.get(name), name).toBe(bare.headers.get(name));
    expect(page.headers.getSetCookie()).toContain('theirs=yes; Path=/');
    expect(said(await (await visitor.get('/')).text(), 'visits')).toBe('42');
  });

  test('that middleware of Portico makes another of is sent as that', async () => {
    const { portico } = signup('', [
      async (ctx, next) => {
        const page = await next();
        return ctx.url.pathname === '/' ? new Response((await page.text()).toUpperCase(), page) : page;
      },
    ]);
    const made = express().use(porticoExpress(portico));
    made.get('/', (req, res) => {
      req.portico.session.set('visits', 1);
      res.write('who');
      setImmediate(() => res.end('le'));
    });
    made.get(
      '/large',
      (_req, res) => void Readable.from(Array<string>(100).fill('x'.repeat(10_000))).pipe(res),
    );
    const { visitor } = await serving(made);
    const page = await visitor.get('/');
    expect([page.status, await page.text()]).toEqual([200, 'WHOLE']);
    expect(page.headers.getSetCookie()).toHaveLength(1);
    expect(await (await visitor.get('/large')).text()).toHaveLength(1_000_000);
  });

  test('that its visitor leaves before it answers does no harm, and lets go of what its form brought', async () => {
    const { portico } = signup();
    const made = express().use(porticoExpress(portico));
    const gone = Promise.withResolvers<void>();
    made.get('/', (req, res) => {
      req.portico.after(gone.promise);
      res.destroy();
      res.once('close', () => gone.resolve());
      res.send('late');
    });
    made.get('/next', (_req, res) => void res.send('next'));
    const { visitor } = await serving(made);
    await expect(visitor.get('/')).rejects.toThrow();
    await gone.promise;
    expect(await (await visitor.get('/next')).text()).toBe('next');
  });

  test('of server-sent events flows while it goes on', async () => {
    let end = (): void => undefined;
    const { url } = await serving(
      app((made) =>
        made.get('/events', (req, res) => {
          req.portico.session.set('visits', 1);
          res.type('text/event-stream').flushHeaders();
          setImmediate(() => res.write('data: 1\n\n'));
          end = () => res.end('data: 2\n\n');
        }),
      ),
    );
    const response = await fetch(`${url}/events`);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    const read: string[] = [];
    for await (const chunk of response.body ?? []) {
      read.push(Buffer.from(chunk).toString());
      end();
    }
    expect(read.join('')).toBe('data: 1\n\ndata: 2\n\n');
  });

  test('may set status and redirect by its context, and end by throwing', async () => {
    const { visitor } = await serving(
      app((made) => {
        made.get('/status', (req, res) => {
          req.portico.status = 410;
          res.send('gone');
        });
        made.get('/away', (req, res) => {
          req.portico.redirect('/there');
          res.set('X-Page', '1').send('nobody sees this');
        });
        made.get('/login', (req) => {
          req.portico.redirect('/login-page');
          throw new ActionError({ code: 'UNAUTHORIZED' });
        });
        made.set('env', 'test');
      }),
    );
    expect((await visitor.get('/status')).status).toBe(410);
    for (const [path, location] of [
      ['/away', '/there'],
      ['/login', '/login-page'],
    ] as const) {
      const away = await visitor.get(path);
      expect([away.status, away.headers.get('location'), away.headers.get('x-page')]).toEqual([
        303,
        location,
        null,
      ]);
      expect(await away.text()).toBe('');
    }
  });

  test('that fails is answered by the error handling of the app, and the next request is served', async () => {
    const seen: unknown[] = [];
    const handler: ErrorRequestHandler = (error: Error, _req, res, _next) => {
      seen.push(error.message);
      res.status(500).send('own error page');
    };
    const { visitor } = await serving(
      app((made) => {
        made.get('/boom', (req) => {
          req.portico.session.set('visits', 8);
          throw new Error('boom');
        });
        made.use(handler);
      }),
    );
    const failed = await visitor.get('/boom');
    expect([failed.status, await failed.text(), seen]).toEqual([500, 'own error page', ['boom']]);
    expect((await visitor.get('/')).status).toBe(200);
  });

  test('answers HEAD', async () => {
    const { visitor } = await serving(
      app((made) =>
        made.get('/page', (req, res) => {
          req.portico.session.set('visits', 41);
          res.send('whole');
        }),
      ),
    );
    const head = await visitor.get('/page', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5']);
    expect(said(await (await visitor.get('/')).text(), 'visits')).toBe('42');
    expect(await head.text()).toBe('');
  });

  test.each(['before', 'behind'])('is compressed by middleware %s Portico', async (place) => {
    const compress: RequestHandler = (_req, res, next) => {
      // In short what such middleware does: it wraps the methods of the response.
      const [write, end] = [res.write.bind(res), res.end.bind(res)] as Array<(...args: unknown[]) => unknown>;
      const gzip = createGzip();
      gzip.on('data', (chunk: Buffer) => write?.(chunk));
      gzip.on('end', () => end?.());
      const start = (): void => {
        if (res.headersSent || res.getHeader('Content-Encoding')) return;
        res.setHeader('Content-Encoding', 'gzip');
        res.removeHeader('Content-Length');
      };
      Object.assign(res, {
        write: (chunk: string) => (start(), gzip.write(chunk)),
        end: (chunk?: string) => (start(), gzip.end(chunk ?? ''), res),
      });
      next();
    };
    const made = express();
    if (place === 'before') made.use(compress);
    made.use(porticoExpress(signup().portico));
    if (place === 'behind') made.use(compress);
    made.get('/', (req, res) => void res.send(formPage(req.portico)));
    const { url, visitor } = await serving(made);
    const { body } = await raw(url, 'GET', '/');
    expect(said(gunzipSync(body).toString(), 'visits')).toBe('1');
    const failed = await visitor.post('/?_action=newsletter', form({ email: 'nobody' }));
    expect([failed.status, said(await failed.text(), 'email')]).toEqual([422, 'nobody']);
    expect(failed.headers.get('content-encoding')).toBe('gzip');
  });
});

function raw(url: string, method: string, path: string): Promise<{ body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, url), { method }, (response) => {
      response.toArray().then((chunks) => resolve({ body: Buffer.concat(chunks as Buffer[]) }), reject);
    });
    sent.on('error', reject).end();
  });
}

describe('a body', () => {
  const parsers: Record<string, RequestHandler> = {
    'urlencoded()': express.urlencoded(),
    'urlencoded({ extended })': express.urlencoded({ extended: true }),
    'text()': express.text({ type: '*/*' }),
    'raw()': express.raw({ type: '*/*' }),
  };
  test.each(Object.entries(parsers))('that %s has parsed is handed over anew', async (_name, parser) => {
    const { visitor } = await serving(app(undefined, [parser]));
    const body = new URLSearchParams([
      ['action', 'newsletter'],
      ['email', 'a+b@example.org'],
      ['tags[]', 'ä & ö'],
      ['tags[]', 'second'],
    ]);
    const response = await visitor.post('/', body, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ email: 'a+b@example.org', tags: ['ä & ö', 'second'] });
    const forged = await visitor.post('/', new URLSearchParams([['action[]', 'newsletter']]));
    expect(forged.status).toBe(400);
  });

  test.each([
    ['json()', express.json()],
    ['text()', express.text({ type: '*/*' })],
  ])('of JSON that %s has parsed is handed over anew', async (_name, parser) => {
    const { visitor } = await serving(app(undefined, [parser]));
    const response = await visitor.post('/_actions/newsletter', { email: 'a@example.org', tags: ['x'] });
    expect(await response.json()).toEqual({ email: 'a@example.org', tags: ['x'] });
  });

  test('of multipart that somebody else has read is an error that says where to mount Portico; other forms go on', async () => {
    const multer: RequestHandler = (req, _res, next) => {
      req.on('end', () => {
        const names = req.headers['x-names'];
        req.body = { ...(names && { action: names }), note: 'n' };
        next();
      });
      req.resume();
    };
    const { visitor } = await serving(
      app((made) => made.post('/', (req, res) => void res.json(req.body)), [multer]),
    );
    const body = new FormData();
    body.set('file', new File(['x'], 'x.txt'));
    const lost = await visitor.post('/', body, {
      headers: { 'x-names': 'upload', accept: 'application/json' },
    });
    expect(lost.status).toBe(500);
    expect(await lost.text()).toContain('Mount Portico before');
    const theirs = await visitor.post('/', body, { headers: { 'x-names': 'theirs' } });
    expect(await theirs.json()).toEqual({ action: 'theirs', note: 'n' });
    expect(await (await visitor.post('/', body)).json()).toEqual({ note: 'n' });
  });

  test.each([
    ['with its length', 10, false],
    ['in chunks', 10, true],
    ['of 200 KB', 200_000, false],
    ['of 200 KB in chunks', 200_000, true],
  ])('that is not ours reaches the parser behind Portico whole: %s', async (_name, size, isChunked) => {
    const { url } = await serving(
      app((made) =>
        made.post('/theirs', express.urlencoded({ limit: '1mb' }), (req, res) => {
          res.json(req.body);
        }),
      ),
    );
    const text = form({ name: 'x'.repeat(size), last: 'y' }).toString();
    const bytes = new TextEncoder().encode(text);
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: isChunked ? new Blob([bytes]).stream() : bytes,
      duplex: 'half',
    };
    const response = await fetch(`${url}/theirs`, init);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ name: 'x'.repeat(size), last: 'y' });
  });
});

describe('mounted below a path', () => {
  test.each(['an app', 'a router'])('in %s', async (kind) => {
    const shop = kind === 'an app' ? express() : express.Router();
    shop.use(porticoExpress(signup('/shop').portico));
    shop.get('/form', (req, res) => void res.send(formPage(req.portico)));
    const root = express().use('/shop', shop);
    root.get('/elsewhere', (_req, res) => void res.send('<p>from: the root</p>'));
    const { visitor } = await serving(root);
    const failed = await visitor.post('/shop/form?_action=newsletter', form({ email: 'nobody' }));
    const page = await failed.text();
    expect([failed.status, said(page, 'email'), said(page, 'path')]).toEqual([422, 'nobody', '/shop/form']);
    const called = await visitor.post('/shop/_actions/newsletter', { email: 'a@example.org' });
    expect(called.status).toBe(200);
    expect((await visitor.post('/_actions/newsletter', { email: 'a@example.org' })).status).toBe(404);
    const rendered = await visitor.post('/shop/form?_action=elsewhere', form({}));
    expect([rendered.status, said(await rendered.text(), 'from')]).toEqual([200, 'the root']);
  });

  test('twice, it answers once', async () => {
    const { portico } = signup();
    const { visitor } = await serving(
      express()
        .use(porticoExpress(portico), porticoExpress(portico))
        .get('/', (req, res) => void res.send(formPage(req.portico))),
    );
    expect((await visitor.post('/?_action=newsletter', form({ email: 'nobody' }))).status).toBe(422);
    expect(said(await (await visitor.get('/')).text(), 'visits')).toBe('2');
  });
});
