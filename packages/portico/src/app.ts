import type { ActionObject, ActionErrors, ActionOutput, AnyAction, CallInput } from './define/action.ts';
import type { PorticoContext, RequestMiddleware } from './define/context.ts';
import type { Plugin, PorticoOptions } from './define/options.ts';
import { ActionTreeError, mountTree, type ActionTree, type MountedAction } from './define/tree.ts';
import { pluginPages, withFallbackPages } from './present/fallback-pages.ts';
import type { Pages } from './present/render-page.ts';
import { contextClass } from './context/context-class.ts';
import { asPublic, type ContextServices, type RequestContext } from './context/request-context.ts';
import { resolveSettings, type Settings } from './context/settings.ts';
import { form } from './forms/form.ts';
import type { FormOptions } from './forms/form-types.ts';
import type { Incoming } from './http/incoming.ts';
import { renderRedirect } from './http/redirect-template.ts';
import { toResponse } from './http/reply.ts';
import { WebIncoming, type RequestInfo } from './http/web-incoming.ts';
import { compileEndpoints } from './match/endpoints.ts';
import { createRegistry } from './match/registry.ts';
import { readActionResult } from './outcome/action-result.ts';
import { compileRoutes } from './match/routes.ts';
import { answerRequest } from './request/answer.ts';
import type { App, CallOptions, Handled } from './request/app-state.ts';
import { callInExchange, callInProcess } from './request/call.ts';
import { probed } from './request/probe.ts';
import type { SafeResult } from './wire/result.ts';

type PluginTree<P> = P extends readonly [infer First, ...infer Rest]
  ? (First extends { readonly actions: infer Tree } ? Tree : {}) & PluginTree<Rest>
  : {};

export interface WrapOptions {
  /** Whether there is a page at a path; `undefined` where the host cannot tell. Then a form on a missing page runs nothing. */
  readonly has?: (path: string) => boolean | undefined;
  /** Request middleware of the host's, innermost: inside of the app's, around the action, or the page where there is none. */
  readonly around?: RequestMiddleware;
}

/** A mounted app: its actions behind every door. */
export interface Portico<Tree = ActionTree> {
  /** The merged tree. `createClient<typeof portico>()` reads its types. */
  readonly actions: Tree;
  /**
   * Puts Portico in front of a host's pages: answers what is ours, gives pages their context (`portico.context(request)`),
   * renders a page again after a failed form by a GET without a body, and saves the session a page touched.
   */
  wrap(
    next: (request: Request) => Response | Promise<Response>,
    options?: WrapOptions,
  ): (request: Request, info?: RequestInfo) => Promise<Response>;
  /** Answers actions, and everything else with 404. */
  fetch(request: Request, info?: RequestInfo): Promise<Response>;
  /** The context of a request that `wrap` handed to a page. Throws for any other. */
  context(request: Request): PorticoContext;
  /** Whether `wrap` has given this request a context already: it is a page to render, not a request to answer. */
  has(request: Request): boolean;
  /** Runs an action in process: access, validation and middleware, no CSRF. Never rejects. */
  call<A extends AnyAction>(
    action: A,
    input?: CallInput<A> | FormData,
    options?: CallOptions,
  ): Promise<SafeResult<ActionOutput<A>, ActionErrors<A>>>;
  /** For hosts: answers a request that may not have become a web Request yet, at once where nothing has to be waited for. */
  handle(incoming: Incoming, pages: Pages): Handled | Promise<Handled>;
}

const NO_PAGES: Pages = {
  render: () =>
    new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } }),
};

/**
 * Mounts a tree of actions. Checks the whole of it first: throws an `ActionTreeError` that names the place, and an Error
 * where an option contradicts another or, in production, the secrets are missing.
 */
export function createPortico<
  const Tree extends ActionTree,
  const Plugins extends readonly Plugin[] = readonly Plugin[],
>(options: PorticoOptions<Tree> & { readonly plugins?: Plugins }): Portico<Tree & PluginTree<Plugins>> {
  const settings = resolveSettings(options);
  const trees = [...(options.plugins ?? []), options].map((source) => source.actions ?? {});
  const byName = mountTree(trees, settings.base);
  checkActions(byName, settings, options);
  const registry = createRegistry(byName);
  const pluginRoutes: Record<string, string> = Object.assign(
    {},
    ...(options.plugins ?? []).map((plugin) => plugin.routes),
  );
  const services: ContextServices = {
    call: (exchange, action, input) => callInExchange(app, exchange, action, input),
    getActionResult: readActionResult,
    form: (context, action, options) =>
      form(asPublic(context), action, options as FormOptions<unknown, undefined>),
  };
  const app: App = {
    services,
    settings,
    registry,
    routes: compileRoutes(options.routes ?? {}, registry),
    pluginRoutes: compileRoutes(pluginRoutes, registry),
    endpoints: compileEndpoints(options.plugins ?? [], settings.base),
    mounted: new Map([...byName.values()].map((mounted) => [mounted.action, mounted])),
    contexts: new WeakMap<Request, RequestContext>(),
    Context: contextClass(options.plugins ?? []),
  };
  const portico = mount(app, mergedTree(trees), pluginPages(options.plugins ?? []));
  given.set(portico, options);
  for (const plugin of options.plugins ?? []) plugin.mounted?.(portico);
  return portico as unknown as Portico<Tree & PluginTree<Plugins>>;
}

function mount(app: App, actions: ActionTree, fallbacks: ReturnType<typeof pluginPages>): Portico {
  const completed = (pages: Pages): Pages =>
    fallbacks.size === 0 ? pages : withFallbackPages(pages, fallbacks, app.settings.base, app.contexts);
  const wrap: Portico['wrap'] = (next, options = {}) => {
    const pages = completed({ render: next, ...options });
    return async (request, info = {}) => {
      // The host's own re-entry: a page that is rendered again asks for nothing of ours.
      if (app.contexts.has(request)) return next(request);
      const incoming = new WebIncoming(request, info);
      const { answer, close } = await answerRequest(app, incoming, probed(app, incoming, pages));
      const response = toResponse(answer);
      if (request.method === 'HEAD' && response.body) {
        void response.body.cancel().finally(close);
        return new Response(null, response);
      }
      return close ? closedAfter(response, close) : response;
    };
  };
  const portico: Portico = {
    actions,
    wrap,
    fetch: wrap(NO_PAGES.render),
    handle: (incoming, pages) => answerRequest(app, incoming, probed(app, incoming, completed(pages))),
    has: (request) => app.contexts.has(request),
    context(request) {
      const context = app.contexts.get(request);
      if (context) return asPublic(context);
      throw new TypeError(
        'portico.context(request): this request did not come through portico.wrap or a host adapter, or is a copy of the one that did.',
      );
    },
    call: ((action: AnyAction, input: unknown, options: CallOptions = {}) =>
      callInProcess(app, action, input, options)) as Portico['call'],
  };
  insides.set(portico, app);
  return portico;
}

const insides = new WeakMap<object, App>();

/** The inside of a mounted app, for what describes or tests one. Throws for anything else. */
export function appOf(portico: object): App {
  const found = insides.get(portico);
  if (found) return found;
  throw new TypeError('This is not what createPortico returned.');
}

const given = new WeakMap<object, PorticoOptions>();

/** The options of a mounted app as they were passed, for what judges them. Throws for anything else. */
export function optionsOf(portico: object): PorticoOptions {
  const found = given.get(portico);
  if (found) return found;
  throw new TypeError('This is not what createPortico returned.');
}

/** What a request holds on to is let go of when its answer has been read, or nobody wants to read it any more. */
function closedAfter(response: Response, close: () => Promise<void>): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    void close();
    return response;
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      await close();
    },
    cancel: (reason) => reader.cancel(reason).finally(close),
  });
  return new Response(body, response);
}

function checkActions(
  byName: ReadonlyMap<string, MountedAction>,
  settings: Settings,
  options: PorticoOptions,
): void {
  const hasUser = options.user !== undefined || options.plugins?.some((plugin) => plugin.user) === true;
  for (const { name, action } of byName.values()) {
    const { access, redirect, plan } = action.definition;
    if (plan.kind === 'object' && plan.properties.has(settings.csrfTokenName)) {
      throw new ActionTreeError(
        `actions: "${name}" has a field ${settings.csrfTokenName}, which is the name of the CSRF token. Rename the field or csrfTokenName.`,
      );
    }
    if (redirect !== undefined) checkRedirect(name, redirect);
    if (access === undefined && options.requireAccess === true) {
      throw new ActionTreeError(
        `actions: "${name}" has no access, and requireAccess is on. Say access: 'public', 'user' or a function.`,
      );
    }
    if (access === 'user' && !hasUser) {
      throw new ActionTreeError(
        `actions: "${name}" has access: 'user', but createPortico has no user function to ask. Pass user: (ctx) => ….`,
      );
    }
  }
}

function checkRedirect(name: string, redirect: string): void {
  try {
    renderRedirect(redirect, [], '/');
  } catch (cause) {
    throw new ActionTreeError(
      `actions: the redirect of "${name}" cannot be used. ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Namespaces of plugins and the app become one; the names were checked before. */
function mergedTree(trees: readonly ActionTree[]): ActionTree {
  const [first = {}, ...others] = trees;
  return others.reduce((left, right) => mergeTwo(left, right), first);
}

function mergeTwo(left: ActionTree, right: ActionTree): ActionTree {
  const merged: Record<string, ActionTree | ActionObject> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const there = merged[key];
    merged[key] = there === undefined ? value : mergeTwo(there as ActionTree, value as ActionTree);
  }
  return merged;
}
