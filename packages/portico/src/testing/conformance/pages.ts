import type { PorticoContext } from '../../define/context.ts';
import { csrfToken } from '../../forms/csrf.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import type { ConformanceActions } from './actions.ts';

/** What a page is to say. The host prints it by its own means: its own status, its own body, its own cookies. */
export interface ConformancePage {
  readonly status: number;
  readonly html: string;
  /** Cookies of the host's own, to set by its own means beside those of Portico. */
  readonly cookies: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  /** Whether to send `html` as a stream, if the host has a way for that; in pieces of any size. */
  readonly stream: boolean;
}

/** The GET pages that a host registers below the base. The last has a parameter; hosts spell it as they do. */
export const CONFORMANCE_PAGES: readonly string[] = [
  '/conformance/form',
  '/conformance/other',
  '/conformance/count',
  '/conformance/cookies',
  '/conformance/away',
  '/conformance/gone',
  '/conformance/teapot',
  '/conformance/stream',
  '/conformance/boom',
  '/conformance/posts/:slug',
];

/** The posts that cases look at, as they stand in a URL. */
export const CONFORMANCE_POSTS: readonly string[] = [
  '/conformance/posts/hello',
  '/conformance/posts/caf%C3%A9%20%26%20more',
];

/** A route of the host's own: answers `POST` with the body it got, byte for byte, whatever its type. */
export const CONFORMANCE_ECHO = '/conformance/echo';

/**
 * What the host prints for one of `CONFORMANCE_PAGES`. The context says which. At `/conformance/boom` it throws, and the
 * host answers as it does when a page of its own throws.
 */
export function conformancePage(ctx: PorticoContext): ConformancePage {
  const actions = actionsOf(ctx);
  const path = ctx.url.pathname.replace(/^.*?\/conformance\//, '').replace(/\/$/, '');
  const state: Record<string, unknown> = { page: path };
  let status = 200;
  let cookies: ConformancePage['cookies'] = [];
  switch (path) {
    case 'count':
    case 'stream':
      ctx.session.set('conformanceCount', (ctx.session.get<number>('conformanceCount') ?? 0) + 1);
      break;
    case 'cookies':
      ctx.cookies.set('conformance-portico', 'a b', { path: '/' });
      ctx.headers.set('X-Conformance-Page', 'portico');
      cookies = [
        { name: 'conformance-host', value: '1' },
        { name: 'conformance-host-too', value: '2' },
      ];
      break;
    case 'away':
      ctx.redirect(ctx.url.pathname.replace(/away\/?$/, 'other'), 302);
      break;
    case 'gone':
      ctx.status = 410;
      break;
    case 'teapot':
      status = 418;
      break;
    case 'boom':
      throw new Error('conformance: this page always fails.');
    default:
  }
  Object.assign(state, seenBy(ctx, actions));
  return { status, html: documentOf(ctx, actions, state), cookies, stream: path === 'stream' };
}

/** The suite's own actions, which its plugin puts into each context. */
function actionsOf(ctx: PorticoContext): ConformanceActions {
  const { conformance } = ctx as { readonly conformance?: ConformanceActions };
  if (conformance) return conformance;
  throw new Error('conformancePage(ctx): the app has no conformance() among its plugins.');
}

/** All that the cases look at. */
function seenBy(ctx: PorticoContext, actions: ConformanceActions): Record<string, unknown> {
  const { variables } = ctx;
  return {
    method: ctx.request.method,
    hasBody: ctx.request.body !== null,
    path: ctx.url.pathname,
    query: ctx.url.search,
    origin: ctx.url.origin,
    address: ctx.clientAddress ?? null,
    name: ctx.session.get('conformanceName') ?? null,
    count: ctx.session.get('conformanceCount') ?? 0,
    from: variables['from'] ?? null,
    message: variables.message ?? null,
    errors: variables.errors ?? null,
    flash: ctx.flash.all({ delete: true }),
    first: formState(ctx, actions, 'first'),
    second: formState(ctx, actions, 'second'),
    ...(ctx.url.searchParams.has('token') && { token: csrfToken(ctx) }),
  };
}

function formState(ctx: PorticoContext, actions: ConformanceActions, id: string): Record<string, unknown> {
  const form = ctx.form(actions.sign, { id });
  const result = ctx.getActionResult(actions.sign, { id });
  return {
    hidden: form.hidden,
    attributes: form.attributes,
    values: Object.fromEntries(
      (['name', 'note', 'password'] as const).map((name) => [name, form.field(name).value]),
    ),
    nameErrors: form.field('name').errors,
    result: result?.data?.name ?? null,
    code: result?.error?.code ?? null,
  };
}

function documentOf(
  ctx: PorticoContext,
  actions: ConformanceActions,
  state: Readonly<Record<string, unknown>>,
): string {
  const forms = ['first', 'second'].map((id) => {
    const form = ctx.form(actions.sign, { id });
    const attributes = Object.entries(form.attributes).map(
      ([name, value]) => ` ${name}="${escapeHtml(String(value))}"`,
    );
    const hidden = form.hidden.map(
      ({ name, value }) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    );
    return `<form${attributes.join('')}>${hidden.join('')}<input name="name"><button>Sign</button></form>`;
  });
  // In a script element only `<` could end it or begin a comment (HTML standard, section 4.12.1.3).
  const json = JSON.stringify(state).replaceAll('<', '\\u003c');
  return (
    `<!doctype html><html lang="en"><head><title>Conformance</title></head><body>${forms.join('')}` +
    `<script type="application/json" id="conformance">${json}</script></body></html>`
  );
}
