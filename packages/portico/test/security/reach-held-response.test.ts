import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import express, { type RequestHandler } from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RequestMiddleware } from 'portico';
import { porticoExpress } from 'portico/express';
import { createAgent, type Agent } from '../support/agent.ts';
import { formPage, said, signup } from '../hosts/fixtures/signup.ts';
import { listening } from '../hosts/fixtures/listening.ts';

/**
 * Compression that keeps the head back until there are bytes, as `vite preview` has it: `writeHead` only takes note, the
 * first write calls the real one, and `on` leads to the compressor.
 */
const deferring: RequestHandler = (_req, res, next) => {
  const { writeHead, write, end, on } = res as unknown as Record<string, (...args: unknown[]) => unknown>;
  const call = (method: typeof write, ...args: unknown[]): unknown =>
    Reflect.apply(method as never, res, args);
  const gzip = createGzip();
  let status = 0;
  let isStarted = false;
  const start = (): void => {
    if (isStarted) return;
    isStarted = true;
    res.setHeader('Content-Encoding', 'gzip');
    res.removeHeader('Content-Length');
    gzip.on('data', (chunk: Buffer) => call(write, chunk) || gzip.pause());
    call(on, 'drain', () => gzip.resume());
    gzip.on('end', () => call(end));
    call(writeHead, status || res.statusCode);
  };
  Object.assign(res, {
    writeHead: (code: number, headers: Record<string, string> = {}) => {
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      status = code;
      return res;
    },
    write: (...args: unknown[]) => (start(), Reflect.apply(gzip.write as never, gzip, args) as unknown),
    end: (...args: unknown[]) => (start(), Reflect.apply(gzip.end as never, gzip, args) as unknown),
    on: (type: string, listener: () => void) => (
      isStarted ? gzip.on(type, listener) : call(on, type, listener),
      res
    ),
  });
  next();
};

async function serving(
  before: readonly RequestHandler[],
  behind: readonly RequestHandler[],
  page: (req: IncomingMessage & express.Request, res: ServerResponse & express.Response) => void,
): Promise<Agent> {
  const app = express();
  for (const one of before) app.use(one);
  const swapping: RequestMiddleware = async (ctx, next) => {
    const answer = await next();
    return ctx.url.searchParams.has('swap') ? new Response('x'.repeat(300_000), { status: 418 }) : answer;
  };
  app.use(porticoExpress(signup('', [swapping]).portico));
  for (const one of behind) app.use(one);
  app.get('/', page);
  const { url, close } = await listening(app, 'plain');
  onTestFinished(close);
  return createAgent(url);
}

const PLACES: ReadonlyArray<[string, RequestHandler[], RequestHandler[]]> = [
  ['before', [deferring], []],
  ['behind', [], [deferring]],
];

describe.each(PLACES)('middleware %s Portico that writes the head late', (_place, before, behind) => {
  test('has the status, the headers and the session of a page go out with it', async () => {
    const visitor = await serving(before, behind, (req, res) => {
      const html = formPage(req.portico);
      res.writeHead(203, { 'Content-Type': 'text/html', 'X-Page': 'yes' });
      res.end(html);
    });
    const first = await visitor.get('/');
    expect([first.status, first.headers.get('x-page'), first.headers.get('content-encoding')]).toEqual([
      203,
      'yes',
      'gzip',
    ]);
    expect(first.headers.getSetCookie()).toHaveLength(1);
    expect(said(await first.text(), 'visits')).toBe('1');
    expect(said(await (await visitor.get('/')).text(), 'visits')).toBe('2');
  });

  test('has a page that streams begin and go on', async () => {
    const visitor = await serving(before, behind, (req, res) => {
      req.portico.session.set('seen', true);
      res.writeHead(200, { 'Content-Type': 'text/plain' });
      res.write('one ');
      setImmediate(() => res.end('two'));
    });
    const answer = await visitor.get('/');
    expect(await answer.text()).toBe('one two');
    expect(answer.headers.getSetCookie()).toHaveLength(1);
  });

  test('has a failed form shown again', async () => {
    const visitor = await serving(before, behind, (req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end(formPage(req.portico));
    });
    const answer = await visitor.post('/?_action=newsletter', new URLSearchParams({ email: 'nobody' }));
    expect(answer.status).toBe(422);
    expect(said(await answer.text(), 'email')).toBe('nobody');
  });

  test('has another answer take the place of the page', async () => {
    const visitor = await serving(before, behind, (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'X-Page': 'yes' });
      res.end('the page');
    });
    const sent = await visitor.get('/?swap=1');
    expect([sent.status, sent.headers.get('x-page')]).toEqual([418, null]);
    expect((await sent.text()).length).toBe(300_000);
  });
});
