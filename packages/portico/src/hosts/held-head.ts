import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { headerEntries } from './merge-answer.ts';

// They say how the bytes travel and how many there are, which is nobody's affair but the writer's.
const FRAMING = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'trailer',
  'upgrade',
]);
// The Fetch standard has no body in a Response of these statuses.
const BODILESS = new Set([204, 205, 304]);
// Statuses that the Fetch standard has no Response for stand as this one, and stay what they are.
const STAND_IN = 599;

/** Takes the arguments of `writeHead(status, message?, headers?)` as if they had been set before. */
export function headArguments(response: ServerResponse, args: readonly unknown[]): void {
  const [status, second, third] = args;
  if (typeof status === 'number') response.statusCode = status;
  if (typeof second === 'string') response.statusMessage = second;
  const headers = typeof second === 'string' ? third : second;
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries((headers ?? {}) as Record<string, string>)) {
      if (value !== undefined) response.setHeader(name, value);
    }
    return;
  }
  const flat: string[] = headers.flat(1);
  for (let at = 0; at < flat.length; at += 2) response.removeHeader(flat[at] ?? '');
  for (let at = 0; at < flat.length; at += 2) response.appendHeader(flat[at] ?? '', flat[at + 1] ?? '');
}

/** A page's head as a web Response over `stream`. */
export function pageHead(response: ServerResponse, stream: ReadableStream<Uint8Array>): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.getHeaders())) {
    if (FRAMING.has(name) || name.startsWith(':') || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [String(value)]) headers.append(name, one);
  }
  const status = webStatus(response.statusCode);
  return new Response(BODILESS.has(status) ? null : stream, { status, headers });
}

/** Makes the response's head that of `answer`, as far as it is another than the `given` one: names keep their case. */
export function syncHead(response: ServerResponse, given: Response, answer: Response): void {
  if (answer.status !== given.status) {
    response.statusCode = answer.status;
    response.statusMessage = answer.statusText;
  }
  const wanted = new Map<string, string[]>();
  for (const [name, value] of headerEntries(answer)) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const name of response.getHeaderNames()) {
    if (!FRAMING.has(name) && !wanted.has(name)) response.removeHeader(name);
  }
  for (const [name, values] of wanted) {
    const now = response.getHeader(name);
    const is = (Array.isArray(now) ? now : [String(now)]).join(', ');
    if (is !== values.join(', '))
      response.setHeader(name, name === 'set-cookie' ? values : values.join(', '));
  }
}

/** Takes back all that a page set. */
export function resetHead(
  response: ServerResponse,
  before: { readonly status: number; readonly headers: OutgoingHttpHeaders },
): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  for (const [name, value] of Object.entries(before.headers)) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.statusCode = before.status;
  if (response.statusMessage) response.statusMessage = '';
}

function webStatus(status: number): number {
  return status >= 200 && status <= 599 ? status : STAND_IN;
}
