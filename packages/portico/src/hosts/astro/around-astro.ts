import type { APIContext } from 'astro';
import { appOf } from '../../app.ts';
import type { PorticoContext, RequestMiddleware } from '../../define/context.ts';
import { requestOf, type AstroRequest } from './astro-request.ts';
import { isForbiddenPost } from './origin-check.ts';
import { withoutVisitor } from './without-visitor.ts';

/**
 * The last of the app's request middleware, inside of which Astro's run: they see `locals.portico`, and may gate or replace
 * an action before it runs.
 */
export const aroundAstro: RequestMiddleware = (ctx, next) => {
  const request = requestBehind(ctx);
  // A call in process, or one that did not come through Astro.
  if (!request || request.innermost || ctx.action?.door === 'server') return next();
  const { context } = request;
  if (isForbidden(ctx, request)) {
    return new Response(
      `Cross-site ${context.request.method} form submissions are forbidden: this endpoint is no action of Portico's, and ` +
        'the Origin header is not that of this site.',
      { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } },
    );
  }
  request.innermost = next;
  if (context.isPrerendered) withoutVisitor(ctx, context.url.pathname);
  // What Astro's middleware puts aside is there for handlers, too.
  Object.assign(ctx, { locals: context.locals });
  Object.assign(context.locals, { portico: ctx });
  if (context.isPrerendered || isServerIsland(context)) return request.goOn();
  // Where the body had to be looked into, this is a request that still has it whole.
  request.handed = ctx.request;
  return request.handed === context.request ? request.goOn() : request.goOn(request.handed);
};

/** Whether Astro renders a part of a page on its own: `server:defer`. */
export function isServerIsland(context: Pick<APIContext, 'routePattern'>): boolean {
  return context.routePattern.startsWith('/_server-islands/');
}

function requestBehind(ctx: PorticoContext): AstroRequest | undefined {
  const { host } = ctx;
  return typeof host === 'object' && host !== null && 'locals' in host
    ? requestOf(host as APIContext)
    : undefined;
}

function isForbidden(ctx: PorticoContext, { context, hosted }: AstroRequest): boolean {
  const { portico, settings } = hosted;
  // Actions have Portico's own check, and endpoints of plugins say themselves who may post.
  if (!settings.checkOrigin || ctx.action || context.isPrerendered) return false;
  const { settings: own, endpoints } = appOf(portico);
  return (
    !endpoints(context.url.pathname) && isForbiddenPost(context.request, ctx.url.origin, own.isTrustedOrigin)
  );
}
