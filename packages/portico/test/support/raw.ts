import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Sends a request as it is written here, for what `fetch` would repair or refuse: odd paths, broken bodies, any header.
 * `Host`, `Connection` and `Content-Length` are added where missing.
 */
export function sendRaw(
  url: string,
  requestLine: string,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const all: Record<string, string> = { Host: host, Connection: 'close', ...headers };
  if (!('Content-Length' in all) && !('Transfer-Encoding' in all) && bytes.length > 0) {
    all['Content-Length'] = String(bytes.length);
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    const done = (): void => {
      if (chunks.length > 0) resolve(parse(Buffer.concat(chunks).toString('latin1')));
      else reject(new Error('The server closed the connection without an answer.'));
    };
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', done);
    socket.on('error', (error) => (chunks.length > 0 ? done() : reject(error)));
    socket.write(`${requestLine} HTTP/1.1\r\n${head.join('')}\r\n`);
    socket.write(bytes);
  });
}

function parse(text: string): RawAnswer {
  const split = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, split).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = text.slice(split + 4);
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest;
  return { status: Number(first.split(' ')[1]), headers, body: Buffer.from(body, 'latin1').toString('utf8') };
}

function unchunked(text: string): string {
  const parts: string[] = [];
  for (let at = 0; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (!(size > 0)) return parts.join('');
    parts.push(text.slice(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 4 + size;
  }
}
