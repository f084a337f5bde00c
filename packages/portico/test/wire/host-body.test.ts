import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

// "A body that turns out not to be ours is handed to the host whole."

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function connect() {
  const ran: string[] = [];
  const portico = createPortico({
    actions: {
      save: defineAction({ accept: 'any', body: { maxBytes: 10 }, handler: () => void ran.push('save') }),
    },
  });
  const { url, agent } = await serve(portico, {
    pages: async (request) => {
      const bytes = new Uint8Array(await request.arrayBuffer());
      return Response.json({
        method: request.method,
        path: new URL(request.url).pathname,
        type: request.headers.get('content-type'),
        length: bytes.length,
        hash: sha(bytes),
      });
    },
  });
  return { url, visitor: agent(), ran };
}

const multipart = (file: Uint8Array, fieldsFirst: string, fieldsLast: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `preamble\r\n${fieldsFirst}--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n${fieldsLast}--x--\r\nepilogue`),
  ]);
const field = (name: string, value: string): string =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const BODIES: Array<[string, string, () => Uint8Array]> = [
  ['urlencoded', 'application/x-www-form-urlencoded', () => Buffer.from('a=1&b=%C3%A9&c=&=&a=2&action')],
  [
    'urlencoded, large',
    'application/x-www-form-urlencoded',
    () => Buffer.from(`text=${'abc%20'.repeat(60_000)}&action=save`),
  ],
  [
    'urlencoded with an action of the host’s',
    'application/x-www-form-urlencoded',
    () => Buffer.from('action=search&q=shoe'),
  ],
  ['urlencoded that is malformed', 'application/x-www-form-urlencoded', () => Buffer.from('a=%zz&&&%=%&=\0')],
  [
    'multipart with a 300 KB file',
    'multipart/form-data; boundary=x',
    () => multipart(randomBytes(300_000), field('a', '1'), ''),
  ],
  [
    'multipart, the name after the file',
    'multipart/form-data; boundary=x',
    () => multipart(randomBytes(300_000), '', field('action', 'save')),
  ],
  [
    'multipart of the host’s action',
    'multipart/form-data; boundary=x',
    () => multipart(randomBytes(1_000), field('action', 'upload'), ''),
  ],
  [
    'multipart that is malformed',
    'multipart/form-data; boundary=x',
    () => Buffer.from('--x\r\nno headers at all'),
  ],
  ['multipart without a boundary', 'multipart/form-data', () => Buffer.from('anything')],
  ['JSON', 'application/json', () => Buffer.from('{"action":"save","a":[1,2]}')],
  ['JSON that is malformed', 'application/json', () => Buffer.from('{"action":')],
  ['text', 'text/plain', () => Buffer.from('action=save')],
  ['bytes, 2 MB', 'application/octet-stream', () => randomBytes(2_000_000)],
  ['nothing', 'application/x-www-form-urlencoded', () => Buffer.alloc(0)],
];

describe('a posted body that is not ours reaches the page byte for byte', () => {
  test.each(BODIES)('%s', async (_what, type, make) => {
    const { visitor, ran } = await connect();
    const body = new Uint8Array(make());

    const response = await visitor.post('/host/form?x=1', body, { headers: { 'content-type': type } });

    expect(await response.json()).toEqual({
      method: 'POST',
      path: '/host/form',
      type,
      length: body.length,
      hash: sha(body),
    });
    expect(ran).toEqual([]);
  });

  test('in chunks, without a Content-Length, cut inside a field name', async () => {
    const { url } = await connect();
    const parts = ['a=1&act', 'ion=search', `&rest=${'z'.repeat(70_000)}`];
    const chunked = [...parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`), '0\r\n\r\n'].join(
      '',
    );

    const answer = await sendRaw(
      url,
      'POST /host/form',
      { 'Content-Type': 'application/x-www-form-urlencoded', 'Transfer-Encoding': 'chunked' },
      chunked,
    );

    expect(JSON.parse(answer.body)).toMatchObject({
      length: parts.join('').length,
      hash: sha(Buffer.from(parts.join(''))),
    });
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('by %s, though it names an action', async (method) => {
    const { visitor, ran } = await connect();

    const response = await visitor.post('/host', new URLSearchParams({ action: 'save' }), { method });

    expect(await response.json()).toMatchObject({ method, length: 'action=save'.length });
    expect(ran).toEqual([]);
  });

  test('through portico.wrap with a web Request, too', async () => {
    const portico = createPortico({ actions: { save: defineAction({ accept: 'form', handler: () => 1 }) } });
    const handler = portico.wrap(
      async (request) => new Response(sha(new Uint8Array(await request.arrayBuffer()))),
    );

    for (const [what, type, make] of BODIES) {
      const body = new Uint8Array(make());
      const response = await handler(
        new Request('http://localhost/host', { method: 'POST', body, headers: { 'content-type': type } }),
      );
      expect([what, await response.text()]).toEqual([what, sha(body)]);
    }
  });

  test('a web Request whose body nobody looked at reaches the page as the very same object', async () => {
    const portico = createPortico({ actions: { save: defineAction({ accept: 'form', handler: () => 1 }) } });
    let seen: Request | undefined;
    const handler = portico.wrap((request) => {
      seen = request;
      return new Response();
    });
    const request = new Request('http://localhost/host', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });

    await handler(request);

    expect(seen).toBe(request);
  });
});
