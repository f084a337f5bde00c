import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { Settings } from '../context/settings.ts';
import { PROBE_HEADER, PROBE_PATH, signProbe } from '../http/signing/probe-header.ts';
import type { ProbeReport } from '../request/probe.ts';
import { createSend, type RequestToSend, type Send } from './send-request.ts';

/** What came back of one request. */
export interface Seen {
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What the app saw; `undefined` where something else answered. */
  readonly report: ProbeReport | undefined;
  /** The id that was sent. */
  readonly id: string;
  /** What was sent as a body. */
  readonly body: { readonly bytes: number; readonly sha256: string };
  /** Why no answer came. */
  readonly failure: string | undefined;
}

/** Something else answered than the app. */
export interface Unanswered {
  readonly isAnswered: false;
  /** The public origin: `https://shop.example`. */
  readonly origin: string;
  readonly plain: Seen;
}

/** What a running app says of requests that came the way its visitors' come. */
export interface ProbeResults {
  readonly isAnswered: true;
  /** The public origin: `https://shop.example`. */
  readonly origin: string;
  readonly url: URL;
  /** A GET as a browser sends it. */
  readonly plain: Seen;
  /** What the app saw of that. */
  readonly saw: ProbeReport;
  /** The same again: a cache would answer it. */
  readonly again: Seen;
  /** The same with `X-Forwarded-*` of the sender's own. */
  readonly spoofed: Seen;
  /** A form posted by the site's own page, with a token. */
  readonly form: Seen;
  /** A form posted by another site's page. */
  readonly foreign: Seen;
  /** A body of unknown length. */
  readonly chunked: Seen;
  /** A file of 1 MiB, with what a form puts around it. */
  readonly large: Seen;
  /** Status of the explorer's page for a stranger; `undefined` where its answer is no explorer. */
  readonly explorerStatus: number | undefined;
}

/** What is sent as an address, host and origin that must not be believed (RFC 5737, RFC 2606). */
export const SPOOFED_ADDRESS = '203.0.113.77';
export const SPOOFED_HOST = 'spoofed.invalid';
export const FOREIGN_ORIGIN = 'https://portico-doctor.invalid';
export const PROBE_COOKIE = 'portico_probe';

const LARGE_BYTES = 1_048_576 + 1024;
const CHUNKED_BYTES = 65_536;

/**
 * Asks a running app, through whatever stands before it, what it sees. The settings are those of the same app in this process:
 * its secrets sign the question. Never rejects; where nothing answers, that is what it says.
 */
export async function probeApp(
  settings: Pick<Settings, 'base' | 'keyring' | 'csrfTokenName'>,
  url: URL,
  send: Send = createSend(),
): Promise<ProbeResults | Unanswered> {
  const { origin } = url;
  const at = new URL(settings.base + PROBE_PATH, origin);
  const ask = (request: Partial<RequestToSend> = {}): Promise<Seen> =>
    look(settings, send, { method: 'GET', url: at, ...request });
  const browser = { cookie: `${PROBE_COOKIE}=1`, 'sec-fetch-site': 'same-origin', accept: '*/*' };
  const compressed = { ...browser, 'accept-encoding': 'gzip' };
  const bytes = { ...browser, origin, 'content-type': 'application/octet-stream' };
  // Nothing that encoders spell differently, such as a blank: a body parser may have written it anew.
  const field = (value: string): Uint8Array =>
    Buffer.from(new URLSearchParams({ [settings.csrfTokenName]: value, name: 'Zoë&sons' }).toString());
  const fields = { 'content-type': 'application/x-www-form-urlencoded' };

  const plain = await ask({ headers: compressed });
  const saw = plain.report;
  if (!saw) return { isAnswered: false, origin, plain };
  const again = await ask({ headers: compressed });
  const spoofed = await ask({ headers: { ...browser, ...spoofedHeaders(url) } });
  const form = await ask({
    method: 'POST',
    headers: { ...browser, ...fields, origin },
    body: field(randomBytes(32).toString('base64url')),
  });
  const foreign = await ask({
    method: 'POST',
    headers: { ...browser, ...fields, origin: FOREIGN_ORIGIN, 'sec-fetch-site': 'cross-site' },
    body: field(''),
  });
  const chunked = await ask({
    method: 'POST',
    headers: bytes,
    body: randomBytes(CHUNKED_BYTES),
    chunked: true,
  });
  const large = await ask({ method: 'POST', headers: bytes, body: randomBytes(LARGE_BYTES) });
  const explorerStatus = await explorerAt(new URL(`${settings.base}/_portico`, origin), send);
  const rest = { again, spoofed, form, foreign, chunked, large, explorerStatus };
  return { isAnswered: true, origin, url, plain, saw, ...rest };
}

/** The other scheme than the true one. */
function spoofedHeaders({ protocol }: URL): Record<string, string> {
  return {
    'x-forwarded-for': SPOOFED_ADDRESS,
    'x-forwarded-host': SPOOFED_HOST,
    'x-forwarded-proto': protocol === 'https:' ? 'http' : 'https',
  };
}

async function look(
  { keyring }: Pick<Settings, 'keyring'>,
  send: Send,
  request: Omit<RequestToSend, 'headers'> & Partial<RequestToSend>,
): Promise<Seen> {
  const id = randomBytes(12).toString('base64url');
  const { body = new Uint8Array() } = request;
  const sent = { id, body: { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') } };
  const headers = { ...request.headers, [PROBE_HEADER]: signProbe(keyring, id, Date.now()) };
  try {
    const answer = await send({ ...request, headers });
    const report = answer.status === 200 ? reportIn(answer.body, answer.headers) : undefined;
    return { ...sent, status: answer.status, headers: answer.headers, report, failure: undefined };
  } catch (error) {
    return { ...sent, status: 0, headers: {}, report: undefined, failure: (error as Error).message };
  }
}

function reportIn(body: Buffer, headers: IncomingHttpHeaders): ProbeReport | undefined {
  try {
    const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const report = JSON.parse(text.toString()) as Partial<ProbeReport> | null;
    return typeof report?.id === 'string' && report.forwarded !== undefined
      ? (report as ProbeReport)
      : undefined;
  } catch {
    return undefined;
  }
}

async function explorerAt(url: URL, send: Send): Promise<number | undefined> {
  try {
    const { status, body } = await send({ method: 'GET', url, headers: { accept: 'text/html' } });
    return body.includes('/assets/explorer.js') ? status : undefined;
  } catch {
    return undefined;
  }
}
