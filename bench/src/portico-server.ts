import { createServer } from 'node:http';
import { createPortico, defineAction, isInputError, type PorticoContext } from 'portico';
import { toNodeListener } from 'portico/node';
import { z } from 'zod';
import { crc32 } from 'node:zlib';
import { greetInput, newsletterInput, page } from './schemas.ts';
import { serveBench } from './serve.ts';

const actions = {
  greet: defineAction({
    input: greetInput,
    handler: ({ name, tags, when }) => ({ message: `Hello, ${name}!`, at: when, count: tags.length }),
  }),
  newsletter: defineAction({
    accept: 'form',
    input: newsletterInput,
    redirect: '/thanks',
    handler: () => undefined,
  }),
  upload: defineAction({
    accept: 'form',
    input: z.object({ file: z.file() }),
    body: { maxFileBytes: 64 * 1024 * 1024 },
    async handler({ file }) {
      let crc = 0;
      for await (const chunk of file.stream()) crc = crc32(chunk as Uint8Array, crc);
      return { size: file.size, crc };
    },
  }),
};
const secrets = ['bench-secret-bench-secret-bench-secret'];
const withSession = createPortico({ actions, secrets, logger: console });
const withoutSession = createPortico({ actions, secrets, session: false });

function show(ctx: PorticoContext): Response {
  const result = ctx.getActionResult(actions.newsletter);
  const errors = isInputError(result?.error) ? (result.error.fields['email'] ?? []) : [];
  const html = page(errors, 'nonsense');
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(html)),
    },
  });
}

const plain = toNodeListener(withoutSession, { pages: (request) => show(withoutSession.context(request)) });
const session = toNodeListener(withSession, { pages: (request) => show(withSession.context(request)) });

serveBench(
  createServer((request, response) =>
    (request.url?.startsWith('/session') ? session : plain)(request, response),
  ),
);
