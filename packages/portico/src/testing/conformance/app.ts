import { createHash } from 'node:crypto';
import { appOf, createPortico, type Portico } from '../../app.ts';
import type { PorticoContext } from '../../define/context.ts';
import type { Plugin, PorticoOptions } from '../../define/options.ts';
import type { ActionTree } from '../../define/tree.ts';
import { conformanceActions, type ConformanceActions } from './actions.ts';
import type { ConformanceVariant } from './host.ts';
import { Journal } from './journal.ts';
import { CONFORMANCE_PAGES, CONFORMANCE_POSTS, conformancePage } from './pages.ts';

export interface ConformanceTree extends ActionTree {
  readonly conformance: ConformanceActions;
}

export interface ConformancePluginOptions {
  /**
   * Whether the plugin shows the suite's pages where the host has none. Default: true. What the suite then says of pages is
   * true of Portico's, not of the host's: a host that can register `CONFORMANCE_PAGES` should, and pass false.
   */
  readonly pages?: boolean;
}

/** The origin that may read answers in `conformanceApp`. */
export const FRIEND = 'https://friend.example';

/**
 * The suite's actions, all named `conformance.…`, its routes and pages, for an app of your own that the suite is to try.
 * For tests only: they take uploads of anybody and keep what happened in memory. Throws where `NODE_ENV` is `production`.
 */
export function conformance(options: ConformancePluginOptions = {}): Plugin<ConformanceTree> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('conformance(): this plugin is for tests. Leave it out where NODE_ENV is production.');
  }
  return pluginOf(options);
}

/**
 * The app that a host serves to be tried. The same in every process: its secrets are fixed, and it behaves as in production.
 * The host registers `CONFORMANCE_PAGES` and `CONFORMANCE_ECHO` below its base.
 */
export function conformanceApp(
  variant: ConformanceVariant,
  options: Pick<PorticoOptions, 'session' | 'uploadDir'> = {},
): Portico<ConformanceTree> {
  return createPortico({
    plugins: [pluginOf({ pages: false })],
    secrets: ['the secret of the conformance suite, known to all'],
    dev: false,
    logger: { error: () => undefined, warn: () => undefined },
    cors: { origins: [FRIEND] },
    // With middleware requests go another way, so one variant has some and the others have none.
    ...(variant === 'base' && { base: '/shop', use: [middleware] }),
    ...(variant === 'proxied' && { trustedProxies: ['loopback'] }),
    ...options,
  });
}

function pluginOf({ pages = true }: ConformancePluginOptions): Plugin<ConformanceTree> {
  let base = '';
  const actions = conformanceActions(new Journal(), () => base);
  return {
    mounted: (app) => void (base = appOf(app).settings.base),
    actions: { conformance: actions },
    endpoints: { '/conformance/endpoint': endpoint, '/conformance/endpoint/*': endpoint },
    routes: { 'POST /conformance/saved/:id': 'conformance.savePost' },
    context: { conformance: () => actions },
    ...(pages && { pages: ownPages() }),
  };
}

/** Says what reached it, and that it has a session. */
async function endpoint(ctx: PorticoContext): Promise<Response> {
  ctx.session.set('conformanceName', ctx.request.method);
  const body = Buffer.from(await ctx.request.arrayBuffer());
  const sha256 = createHash('sha256').update(body).digest('hex');
  const text = body.length > 1_000 ? null : body.toString();
  return Response.json({
    method: ctx.request.method,
    path: ctx.url.pathname,
    length: body.length,
    sha256,
    text,
  });
}

/** Around every request, as apps have it that sign in or count. */
async function middleware(ctx: PorticoContext, next: () => Promise<Response>): Promise<Response> {
  const response = await next();
  ctx.headers.set('X-Conformance-Middleware', 'yes');
  return response;
}

function ownPages(): NonNullable<Plugin['pages']> {
  const show = (ctx: PorticoContext): Response => {
    const { status, html, cookies } = conformancePage(ctx);
    const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
    for (const { name, value } of cookies) headers.append('Set-Cookie', `${name}=${value}; Path=/`);
    return new Response(html, { status, headers });
  };
  // Pages of plugins have no parameters: those that the cases ask for by name.
  const fixed = CONFORMANCE_PAGES.filter((path) => !path.includes(':'));
  return Object.fromEntries([...fixed, ...CONFORMANCE_POSTS].map((path) => [path, show]));
}
