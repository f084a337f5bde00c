import type { APIContext, MiddlewareNext } from 'astro';
import type { HostedApp } from './hosted-app.ts';

/** One request of Astro's on its way through Portico: from Astro's first middleware to its last, and to the page. */
export interface AstroRequest {
  readonly hosted: HostedApp;
  readonly context: APIContext;
  /** Goes on to the project's own middleware. */
  readonly goOn: MiddlewareNext;
  /** What Portico does when the project's middleware lets the request through: the action, or the page. */
  innermost: (() => Promise<Response>) | undefined;
  /** Renders a page, once the project's middleware has let the request through. */
  renderPage: MiddlewareNext | undefined;
  /** The request as Portico has handed it to Astro. Another one is that of a page which is rendered again. */
  handed: Request | undefined;
}

// Astro keeps one object of locals from the first middleware to the error page, through all rewrites.
const requests = new WeakMap<object, AstroRequest>();

export function rememberRequest(request: AstroRequest): void {
  requests.set(request.context.locals, request);
}

/** The request that a context of Astro's belongs to, if Portico has seen it. */
export function requestOf(context: Pick<APIContext, 'locals'>): AstroRequest | undefined {
  return requests.get(context.locals);
}
