// A server in a process of its own, whose memory and files can be looked at from outside, and which can be killed.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createPortico, defineAction, type PorticoContext } from 'portico';
import { porticoHono, type PorticoEnv } from 'portico/hono';
import { csrfToken, form } from 'portico/html';
import { toNodeListener } from 'portico/node';
import { z } from 'zod';

const MEBIBYTE = 1_048_576;
const input = z.object({ note: z.string().optional(), file: z.file(), more: z.array(z.file()).optional() });

/** What arrived, without holding it: the content is streamed through a hash. */
async function describe({ note, file, more = [] }: z.infer<typeof input>) {
  const hash = createHash('sha256');
  for await (const chunk of file.stream()) hash.update(chunk);
  return {
    note,
    name: file.name,
    type: file.type,
    size: file.size,
    sha256: hash.digest('hex'),
    more: more.map(({ size }) => size),
  };
}

const actions = {
  large: defineAction({ accept: 'form', input, body: { maxFileBytes: 300 * MEBIBYTE }, handler: describe }),
  small: defineAction({
    accept: 'form',
    input,
    body: { maxFileBytes: MEBIBYTE, maxFiles: 3 },
    handler: describe,
  }),
  textOnly: defineAction({ accept: 'form', input: input.pick({ note: true }), handler: ({ note }) => note }),
  refuses: defineAction({
    accept: 'form',
    input: input.refine(() => false, 'Never good enough.'),
    body: { maxFileBytes: 300 * MEBIBYTE },
    handler: describe,
  }),
  fails: defineAction({
    accept: 'form',
    input,
    body: { maxFileBytes: 300 * MEBIBYTE },
    handler: () => {
      throw new Error('the bucket is gone');
    },
  }),
};

const portico = createPortico({
  actions,
  secrets: ['a secret of at least thirty-two letters'],
  csrf: process.env['CSRF'] === 'token' ? 'token' : 'auto',
  uploadDir: process.env['UPLOAD_DIR'] ?? '',
  onError: () => undefined,
});

function page(ctx: PorticoContext, path: string): Response {
  if (path === '/token') return new Response(csrfToken(ctx));
  const note = form(ctx, actions.textOnly).field('note').value;
  return Response.json({ ...ctx.variables, ...(note === '' ? {} : { note }) });
}

const listening = (port: number): void => console.log(JSON.stringify({ port }));

if (process.env['HOST_KIND'] === 'hono') {
  const app = new Hono<PorticoEnv>();
  app.use(porticoHono(portico, app));
  app.get('/', (c) => page(c.var.portico, '/'));
  app.get('/token', (c) => page(c.var.portico, '/token'));
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => listening(port));
} else {
  const pages = (request: Request): Response => page(portico.context(request), new URL(request.url).pathname);
  const server = createServer(toNodeListener(portico, { pages }));
  server.listen(0, '127.0.0.1', () => listening((server.address() as { port: number }).port));
}
