/** One kind of work, done by every contestant in the same way, and the request that asks for it. */
export interface BenchCase {
  readonly id: string;
  readonly title: string;
  /** The request as it goes over the wire, to one of the contestants' ports. */
  readonly request: (port: number) => Buffer;
  readonly connections: number;
  /** Throws where an answer is wrong: a fast wrong answer wins nothing. */
  readonly check: (answer: BenchAnswer) => void;
}

export interface BenchAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const R1_INPUT = JSON.stringify({
  name: 'Ada Lovelace',
  tags: ['math', 'engines', 'poetry'],
  when: '2026-01-02T03:04:05.000Z',
});
const FORM_TYPE = 'application/x-www-form-urlencoded';
const UPLOAD_BYTES = 50 * 1024 * 1024;
const BOUNDARY = 'bench-boundary-7f3a';

export const CASES: readonly BenchCase[] = [
  {
    id: 'R1',
    title: 'small rpc call with a Date in and out',
    connections: 32,
    request: (port) =>
      request(port, '/_actions/greet', 'application/json', Buffer.from(R1_INPUT), 'application/json'),
    check(answer) {
      expectStatus(answer, 200);
      expectText(answer.body, 'Hello, Ada Lovelace!');
      expectText(answer.body, '2026-01-02T03:04:05.000Z');
    },
  },
  {
    id: 'F1',
    title: 'form, no session, 303',
    connections: 32,
    request: (port) =>
      request(
        port,
        '/plain?_action=newsletter',
        FORM_TYPE,
        Buffer.from('email=ada%40example.com&terms=on'),
        'text/html',
      ),
    check(answer) {
      expectStatus(answer, 303);
      expectText(answer.head.toLowerCase(), 'location: /thanks');
    },
  },
  {
    id: 'F1s',
    title: 'form, its result in an encrypted cookie session, 303',
    connections: 32,
    request: (port) =>
      request(
        port,
        '/session?_action=newsletter',
        FORM_TYPE,
        Buffer.from('email=ada%40example.com&terms=on'),
        'text/html',
      ),
    check(answer) {
      expectStatus(answer, 303);
      expectText(answer.head.toLowerCase(), 'set-cookie: ');
    },
  },
  {
    id: 'F1bad',
    title: 'invalid form, the page again with its errors, 422',
    connections: 32,
    request: (port) =>
      request(
        port,
        '/plain?_action=newsletter',
        FORM_TYPE,
        Buffer.from('email=nonsense&terms=on'),
        'text/html',
      ),
    check(answer) {
      expectStatus(answer, 422);
      expectText(answer.body, 'Invalid email address');
      expectText(answer.body, 'value="nonsense"');
    },
  },
  {
    id: 'F2L',
    title: '50 MiB upload, every byte through crc32',
    connections: 2,
    request: (port) =>
      request(
        port,
        '/_actions/upload',
        `multipart/form-data; boundary=${BOUNDARY}`,
        uploadBody(),
        'application/json',
      ),
    check(answer) {
      expectStatus(answer, 200);
      expectText(answer.body, String(UPLOAD_BYTES));
    },
  },
];

function request(port: number, path: string, type: string, body: Buffer, accept: string): Buffer {
  const head =
    `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://localhost:${port}\r\nSec-Fetch-Site: same-origin\r\n` +
    `Accept: ${accept}\r\nContent-Type: ${type}\r\nContent-Length: ${body.byteLength}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function uploadBody(): Buffer {
  const content = Buffer.alloc(UPLOAD_BYTES);
  for (let index = 0; index < UPLOAD_BYTES; index += 4)
    content.writeUInt32LE((index * 2_654_435_761) >>> 0, index);
  return Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bench.bin"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    content,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

function expectStatus(answer: BenchAnswer, status: number): void {
  if (answer.status !== status)
    throw new Error(`status ${answer.status} instead of ${status}: ${answer.body.slice(0, 300)}`);
}

function expectText(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`"${part}" is missing in: ${text.slice(0, 300)}`);
}
