import { exchangeOf } from '../context/request-context.ts';
import type { PorticoContext } from '../define/context.ts';
import type { Endpoint } from '../define/options.ts';
import { sameOrigin } from '../http/csrf/origin.ts';
import { createCsrfCheck } from '../receive/csrf-check.ts';
import { isActionError } from '../wire/error.ts';

/** Who may open the explorer. Exactly `true` lets the request in. */
export type ExplorerAccess = (ctx: PorticoContext) => boolean | Promise<boolean>;

const NOT_FOUND = 'Not found';

/**
 * Puts the explorer's rules in front of an endpoint of it: only in development, unless there is a rule of the app's own; then
 * only for the machine itself, by its own name (a page that was rebound to 127.0.0.1 comes with another one); and only for
 * its own pages, since a page that a developer visits must neither read it nor act through it.
 */
export function guarded(
  access: ExplorerAccess | undefined,
  methods: readonly string[],
  endpoint: Endpoint,
): Endpoint {
  return async (ctx) => {
    const refusal = await refusalOf(access, ctx);
    if (refusal) return refusal;
    const { method } = ctx.request;
    if (!methods.includes(method === 'HEAD' ? 'GET' : method)) {
      return plain(405, `This answers ${methods.join(' and ')}.`, { allow: methods.join(', ') });
    }
    return endpoint(ctx);
  };
}

async function refusalOf(
  access: ExplorerAccess | undefined,
  ctx: PorticoContext,
): Promise<Response | undefined> {
  const { settings } = exchangeOf(ctx);
  if (access) {
    if ((await access(ctx)) !== true) return plain(404, NOT_FOUND);
  } else {
    if (!settings.dev) return plain(404, NOT_FOUND);
    const stranger = strangerOf(ctx);
    if (stranger !== undefined) {
      return plain(
        403,
        `The explorer is for this machine only: ${stranger} Pass explorer({ access }) to open it to others.`,
      );
    }
  }
  return isForeign(ctx)
    ? plain(403, 'The explorer answers its own pages only; this request came from another site.')
    : undefined;
}

/** Why a request is not the developer's own; `undefined` where it is. */
function strangerOf(ctx: PorticoContext): string | undefined {
  const { client, settings, incoming } = exchangeOf(ctx);
  if (!isLoopback(client.address)) return `the client's address is ${client.address ?? 'unknown'}.`;
  // A tunnel or proxy on this machine that nobody named in `trustedProxies`.
  const passedOn = ['x-forwarded-for', 'x-real-ip'].flatMap(
    (name) => incoming.header(name)?.split(',') ?? [],
  );
  if (
    !passedOn.every((address) => isLoopback(address.trim())) ||
    incoming.header('forwarded') !== undefined
  ) {
    return 'a proxy hands on a request of somebody else.';
  }
  const own = settings.siteUrl === undefined ? undefined : URL.parse(settings.siteUrl)?.host;
  const name = client.host.replace(/:\d+$/, '');
  const isLocal = name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || isLoopback(name);
  return isLocal || client.host === own ? undefined : `the Host header says ${client.host}.`;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address));
}

/** Another site's page that acts, or a script of one that reads. A link from elsewhere may lead here. */
function isForeign(ctx: PorticoContext): boolean {
  const exchange = exchangeOf(ctx);
  const { incoming } = exchange;
  const origin = incoming.header('origin');
  // Not even those that `trustedOrigins` or `cors` name.
  if (origin !== undefined && !sameOrigin(origin, exchange.origin)) return true;
  const site = incoming.header('sec-fetch-site');
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  if (incoming.method === 'GET' || incoming.method === 'HEAD') {
    return !isOwn && incoming.header('sec-fetch-mode') !== 'navigate';
  }
  if (!isOwn) return true;
  try {
    const check = createCsrfCheck(exchange, 'rpc', undefined);
    check.settle(undefined);
    return check.refusal !== undefined;
  } catch (error) {
    if (isActionError(error)) return true;
    throw error;
  }
}

export function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers },
  });
}
