import { createHash } from 'node:crypto';
import type { Exchange } from '../context/exchange.ts';
import { asPublic, exchangeOf } from '../context/request-context.ts';
import { sameOrigin } from '../http/csrf/origin.ts';
import type { Incoming } from '../http/incoming.ts';
import { normalAddress } from '../http/address.ts';
import { PROBE_HEADER, PROBE_PATH, readProbe } from '../http/signing/probe-header.ts';
import type { Pages } from '../present/render-page.ts';
import { ActionError } from '../wire/error.ts';
import type { App } from './app-state.ts';

/** What an app saw of one request: plain JSON, for `portico doctor`. */
export interface ProbeReport {
  /** The id that was signed: an answer with another one was made for somebody else. */
  readonly id: string;
  readonly method: string;
  /** Headers as they came; `null` where there was none. */
  readonly origin: string | null;
  readonly secFetchSite: string | null;
  readonly hostHeader: string | null;
  readonly contentLength: string | null;
  /** `X-Forwarded-*` and `Forwarded`, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
  readonly cookieNames: readonly string[];
  /** The address at the other end of the connection; `null` where the host does not tell it. */
  readonly peerAddress: string | null;
  /** Whether `trustedProxies` names that address. */
  readonly trustsPeer: boolean;
  /** What the app makes of these, `trustedProxies` taken into account. */
  readonly clientAddress: string | null;
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly ownOrigin: string;
  /** Whether `Origin` passes as the app's own or as one of `trustedOrigins`. */
  readonly acceptsOrigin: boolean;
  /** Whether a cookie set now would be `Secure`. */
  readonly secureCookies: boolean;
  readonly body: { readonly bytes: number; readonly sha256: string };
  /** Makes the answer worth compressing. */
  readonly padding: string;
}

const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
] as const;
const MAX_BODY_BYTES = 8_388_608;
const PADDING = 'portico '.repeat(256);

/**
 * The pages of a request, or, where it brings a header that somebody with the app's secrets signed, the answer to it. All
 * others find what any path without a page shows.
 */
export function probed(app: App, incoming: Incoming, pages: Pages): Pages {
  const header = incoming.header(PROBE_HEADER);
  if (header === undefined) return pages;
  const { base, keyring } = app.settings;
  const id = readProbe(keyring, header, Date.now());
  if (id === undefined || incoming.target.split('?', 1)[0] !== base + PROBE_PATH) return pages;
  return {
    render(request) {
      const context = app.contexts.get(request);
      return context ? answer(exchangeOf(asPublic(context)), id) : pages.render(request);
    },
  };
}

async function answer(exchange: Exchange, id: string): Promise<Response> {
  const { incoming, settings, client } = exchange;
  const origin = incoming.header('origin');
  const forwarded = FORWARDED.flatMap((name) => {
    const value = incoming.header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const peerAddress = incoming.peerAddress === undefined ? undefined : normalAddress(incoming.peerAddress);
  const report: ProbeReport = {
    id,
    method: incoming.method,
    origin: origin ?? null,
    secFetchSite: incoming.header('sec-fetch-site') ?? null,
    hostHeader: incoming.header('host') ?? null,
    contentLength: incoming.header('content-length') ?? null,
    forwarded: Object.fromEntries(forwarded),
    cookieNames: (incoming.header('cookie') ?? '')
      .split(';')
      .flatMap((pair) => pair.split('=', 1)[0]?.trim() || []),
    peerAddress: peerAddress ?? null,
    trustsPeer: peerAddress !== undefined && settings.proxies.trusts(peerAddress),
    clientAddress: client.address ?? null,
    protocol: client.protocol,
    host: client.host,
    ownOrigin: exchange.origin,
    acceptsOrigin:
      origin !== undefined && (sameOrigin(origin, exchange.origin) || settings.isTrustedOrigin(origin)),
    secureCookies: exchange.secureCookies,
    body: await measured(incoming),
    padding: PADDING,
  };
  return Response.json(report, {
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}

async function measured({ body }: Incoming): Promise<ProbeReport['body']> {
  const hash = createHash('sha256');
  let bytes = 0;
  await body.pipe((chunk) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new ActionError({ code: 'CONTENT_TOO_LARGE', message: 'A probe has at most 8 MiB.' });
    }
    hash.update(chunk);
  });
  return { bytes, sha256: hash.digest('hex') };
}
