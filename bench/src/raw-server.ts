// The yardstick: what somebody would write by hand straight on node:http, doing the same work and the same checks.
import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { greetInput, newsletterInput, page } from './schemas.ts';
import { serveBench } from './serve.ts';

const MAX_BYTES = 1_048_576;
const key = Buffer.from(hkdfSync('sha256', randomBytes(32), '', 'session', 32));

const server = createServer((request, response) => {
  const own =
    request.headers['sec-fetch-site'] === 'same-origin' ||
    request.headers.origin === `http://${request.headers.host}`;
  if (!own) return send(response, 403, 'text/plain', 'cross-site');
  switch (request.url) {
    case '/_actions/greet':
      return read(request, response, (text) => greet(text, response));
    case '/plain?_action=newsletter':
      return read(request, response, (text) => newsletter(text, response, false));
    case '/session?_action=newsletter':
      return read(request, response, (text) => newsletter(text, response, true));
    case '/_actions/upload':
      return upload(request, response);
    default:
      return send(response, 404, 'text/plain', 'not found');
  }
});

function read(request: IncomingMessage, response: ServerResponse, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return void send(response, 413, 'text/plain', 'too large');
    chunks.push(chunk);
  });
  request.on('end', () =>
    done((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()),
  );
}

function greet(text: string, response: ServerResponse): void {
  const raw = JSON.parse(text) as Record<string, unknown>;
  raw['when'] = new Date(raw['when'] as string);
  const parsed = greetInput.safeParse(raw);
  if (!parsed.success) return send(response, 400, 'application/json', JSON.stringify(parsed.error.issues));
  const { name, tags, when } = parsed.data;
  const body = JSON.stringify({ message: `Hello, ${name}!`, at: when.toISOString(), count: tags.length });
  send(response, 200, 'application/json', body);
}

function newsletter(text: string, response: ServerResponse, withSession: boolean): void {
  const form = new URLSearchParams(text);
  const email = form.get('email') ?? '';
  const parsed = newsletterInput.safeParse({ email, terms: form.get('terms') === 'on' });
  if (!parsed.success) {
    const errors = parsed.error.issues
      .filter((issue) => issue.path[0] === 'email')
      .map((issue) => issue.message);
    return send(response, 422, 'text/html; charset=utf-8', page(errors, email));
  }
  const headers = ['Location', '/thanks', 'Cache-Control', 'no-store', 'Content-Length', '0'];
  if (withSession) headers.push('Set-Cookie', sessionCookie());
  response.writeHead(303, headers);
  response.end();
}

function sessionCookie(): string {
  const session = JSON.stringify({
    id: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    createdAt: Date.now(),
    data: { result: { action: 'newsletter', path: '/thanks', at: Date.now() } },
  });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([nonce, cipher.update(session, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `portico=${sealed.toString('base64url')}; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600`;
}

function upload(request: IncomingMessage, response: ServerResponse): void {
  const type = request.headers['content-type'] ?? '';
  const boundary = Buffer.from(`\r\n--${type.slice(type.indexOf('boundary=') + 9)}`);
  let pending: Buffer = Buffer.alloc(0);
  let inFile = false;
  let ended = false;
  let size = 0;
  let crc = 0;
  request.on('data', (chunk: Buffer) => {
    if (ended) return;
    let data = pending.byteLength === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (!inFile) {
      const start = data.indexOf('\r\n\r\n');
      if (start < 0) return void (pending = data);
      inFile = true;
      data = data.subarray(start + 4);
    }
    const end = data.indexOf(boundary);
    ended = end >= 0;
    const content = data.subarray(0, ended ? end : Math.max(0, data.byteLength - boundary.byteLength));
    pending = data.subarray(content.byteLength);
    size += content.byteLength;
    crc = crc32(content, crc);
  });
  request.on('end', () => send(response, 200, 'application/json', JSON.stringify({ size, crc })));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, [
    'Content-Type',
    type,
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
    'Content-Length',
    String(Buffer.byteLength(body)),
  ]);
  response.end(body);
}

serveBench(server);
