import { Readable } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ActionError } from 'portico';
import { porticoFastify } from 'portico/fastify';
import { createAgent, type Agent } from '../support/agent.ts';
import { formPage, said, signup } from './fixtures/signup.ts';

const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);

interface Serving {
  readonly url: string;
  readonly visitor: Agent;
}

/** The form's page at `/`, behind Portico, with what a test adds. */
async function serving(
  extend: (app: FastifyInstance) => unknown = () => undefined,
  before: (app: FastifyInstance) => void = () => undefined,
): Promise<Serving> {
  const app = fastify({ forceCloseConnections: true });
  before(app);
  await app.register(porticoFastify, { portico: signup().portico });
  app.get('/', (request, reply) => reply.type('text/html').send(formPage(request.portico)));
  await extend(app);
  onTestFinished(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, visitor: createAgent(url) };
}

describe('a form', () => {
  test('that fails is shown again in place, with what was typed; sent again it redirects and tells once', async () => {
    const { visitor } = await serving();
    const failed = await visitor.post('/?page=2&_action=newsletter', form({ email: 'nobody' }));
    const again = await failed.text();
    expect(failed.status).toBe(422);
    expect(said(again, 'email')).toBe('nobody');
    expect(said(again, 'errors')).not.toBe('');
    expect(said(again, 'method')).toBe('GET');
    expect(said(again, 'path')).toBe('/?page=2');

    const sent = await visitor.post('/', form({ action: 'newsletter', email: 'a@example.org' }));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/']);
    expect(sent.headers.getSetCookie().map((line) => line.split(';')[0])).toEqual(
      expect.arrayContaining(['one=1', 'two=2']),
    );
    const first = await (await visitor.get('/')).text();
    expect([said(first, 'notice'), said(first, 'signed')]).toEqual(['Thanks!', 'a@example.org']);
    expect(said(await (await visitor.get('/')).text(), 'notice')).toBe('');
  });

  test('on a missing page runs nothing, and a page that says 404 itself gets the error page', async () => {
    const { visitor } = await serving((app) =>
      app.get('/gone', (_request, reply) => reply.code(404).header('X-Page', '1').send('a page of no use')),
    );
    const missing = await visitor.post('/missing?_action=newsletter', form({ email: 'a@example.org' }));
    expect([missing.status, missing.headers.getSetCookie()]).toEqual([404, []]);
    const gone = await visitor.post('/gone?_action=newsletter', form({ email: 'nobody' }));
    expect([gone.status, gone.headers.get('x-page')]).toEqual([422, null]);
    expect(await gone.text()).not.toContain('a page of no use');
  });

  test('on a page of an encapsulated plugin, with hooks and parameters of its own', async () => {
    const { visitor } = await serving((app) =>
      app.register(
        async (shop) => {
          shop.addHook('preHandler', async (_request, reply) => void reply.header('X-Shop', 'yes'));
          shop.get('/:item', (request, reply) => {
            const { item } = request.params as { item: string };
            return reply.header('X-Item', item).type('text/html').send(formPage(request.portico));
          });
        },
        { prefix: '/shop' },
      ),
    );
    const failed = await visitor.post('/shop/hat?_action=newsletter', form({ email: 'nobody' }));
    expect([failed.status, failed.headers.get('x-shop'), failed.headers.get('x-item')]).toEqual([
      422,
      'yes',
      'hat',
    ]);
    expect(said(await failed.text(), 'email')).toBe('nobody');
  });

  test('may have its action render another page', async () => {
    const { visitor } = await serving((app) =>
      app.get('/elsewhere', (request, reply) => reply.type('text/html').send(formPage(request.portico))),
    );
    const shown = await visitor.post('/?_action=elsewhere', form({}));
    expect([shown.status, said(await shown.text(), 'from')]).toEqual([200, 'the action']);
  });
});

describe('actions', () => {
  test('are answered beside headers of hooks before, through the onSend hooks of the app, and logged as answered', async () => {
    const responses: string[] = [];
    const { visitor } = await serving(
      (app) => {
        app.addHook('onSend', async (_request, reply) => void reply.header('X-Sent', 'yes'));
        app.addHook(
          'onResponse',
          async (request, reply) => void responses.push(`${request.method} ${reply.statusCode}`),
        );
      },
      (app) =>
        app.addHook('onRequest', async (_request, reply) => {
          void reply.header('Set-Cookie', 'theirs=yes').header('Vary', 'Accept-Encoding');
        }),
    );
    const response = await visitor.post('/_actions/newsletter', { email: 'a@example.org' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ email: 'a@example.org' });
    expect(response.headers.get('x-sent')).toBe('yes');
    expect(response.headers.getSetCookie().map((line) => line.split(';')[0])).toEqual(
      expect.arrayContaining(['theirs=yes', 'one=1', 'two=2']),
    );
    expect(responses).toEqual(['POST 200']);
  });

  test('take streamed uploads', async () => {
    const { visitor } = await serving();
    const body = new FormData();
    body.set('note', 'n');
    body.set('file', new File(['x'.repeat(300_000)], 'x.txt'));
    const response = await visitor.post('/_actions/upload', body);
    expect(await response.json()).toEqual({ note: 'n', text: 'x'.repeat(300_000) });
  });
});

describe('a page', () => {
  type Answer = (reply: FastifyReply) => unknown;
  const answers: Record<string, Answer> = {
    json: () => ({ page: 'whole' }),
    text: (reply) => reply.send('whole'),
    'a stream': (reply) => reply.send(Readable.from(['wh', 'ole'])),
    'a web stream': (reply) => reply.send(new Blob(['whole']).stream()),
    'a Response': () => new Response('whole', { status: 201, headers: { 'X-Head': 'set' } }),
    redirect: (reply) => reply.redirect('/whole'),
    nothing: (reply) => reply.code(204).send(),
    'the raw response': (reply) => {
      reply.hijack();
      reply.raw.writeHead(201, { 'X-Head': 'set' }).write('wh');
      setImmediate(() => reply.raw.end('ole'));
    },
  };
  test.each(Object.entries(answers))('that answers by %s has its session saved', async (_name, answer) => {
    const { visitor } = await serving((app) => {
      app.get('/page', (request, reply) => {
        request.portico.session.set('visits', 41);
        return answer(reply);
      });
      app.get('/bare', (_request, reply) => answer(reply));
    });
    const bare = await visitor.get('/bare');
    const page = await visitor.get('/page');
    expect(page.status).toBe(bare.status);
    expect(await page.text()).toBe(await bare.text());
    for (const name of ['content-type', 'content-length', 'transfer-encoding', 'x-head', 'location'])
      expect(page.headers.get(name), name).toBe(bare.headers.get(name));
    expect(page.headers.getSetCookie()).toHaveLength(1);
    expect(said(await (await visitor.get('/')).text(), 'visits')).toBe('42');
  });

  test('may set status and redirect by its context, and end by throwing', async () => {
    const { visitor } = await serving((app) => {
      app.get('/status', (request) => {
        request.portico.status = 410;
        return 'gone';
      });
      app.get('/away', (request, reply) => {
        request.portico.redirect('/there');
        return reply.header('X-Page', '1').send('nobody sees this');
      });
      app.get('/login', (request) => {
        request.portico.redirect('/login-page');
        throw new ActionError({ code: 'UNAUTHORIZED' });
      });
    });
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

  test('that fails is answered by the error handler of the app, also where it is shown again after a form', async () => {
    const seen: string[] = [];
    const { visitor } = await serving((app) => {
      app.setErrorHandler<Error>((error, _request, reply) => {
        seen.push(error.message);
        return reply.code(500).send('own error page');
      });
      app.get('/boom', () => {
        throw new Error('boom');
      });
    });
    for (const failed of [
      await visitor.get('/boom'),
      await visitor.post('/boom?_action=newsletter', form({ email: 'nobody' })),
    ])
      expect([failed.status, await failed.text()]).toEqual([500, 'own error page']);
    expect(seen).toEqual(['boom', 'boom']);
    expect((await visitor.get('/')).status).toBe(200);
  });

  test('answers HEAD', async () => {
    const { visitor } = await serving((app) =>
      app.get('/page', (request) => {
        request.portico.session.set('visits', 41);
        return 'whole';
      }),
    );
    const head = await visitor.get('/page', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5']);
    expect(said(await (await visitor.get('/')).text(), 'visits')).toBe('42');
  });
});

describe('a body that is not ours', () => {
  test.each([
    ['with its length', 10, false],
    ['in chunks', 10, true],
    ['of 200 KB', 200_000, false],
    ['of 200 KB in chunks', 200_000, true],
  ])('reaches the parser of Fastify whole: %s', async (_name, size, isChunked) => {
    const { url } = await serving((app) => {
      app.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string' },
        (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
      );
      app.post('/theirs', (request) => request.body);
    });
    const text = form({ name: 'x'.repeat(size), last: 'y' }).toString();
    const bytes = new TextEncoder().encode(text);
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: isChunked ? new Blob([bytes]).stream() : bytes,
      duplex: 'half',
    };
    const response = await fetch(`${url}/theirs`, init);
    expect(await response.json()).toEqual({ name: 'x'.repeat(size), last: 'y' });
  });
});

test('two apps of Portico stand in one of Fastify', async () => {
  const { visitor } = await serving((app) =>
    app.register(porticoFastify, { portico: signup('/shop').portico }),
  );
  expect((await visitor.post('/_actions/newsletter', { email: 'a@example.org' })).status).toBe(200);
  expect((await visitor.post('/shop/_actions/newsletter', { email: 'a@example.org' })).status).toBe(200);
  expect((await visitor.get('/')).status).toBe(200);
});
