import { appOf } from '../../app.ts';
import type { PorticoContext } from '../../define/context.ts';
import type { AstroRequest } from './astro-request.ts';
import { isForbiddenPost } from './origin-check.ts';
import { withoutVisitor } from './without-visitor.ts';

/**
 * Astro's middleware, as the last of the app's request middleware: it sees `locals.portico`, and may gate or replace an action
 * before it runs.
 */
export async function aroundAstro(
  request: AstroRequest,
  ctx: PorticoContext,
  next: () => Promise<Response>,
): Promise<Response> {
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
  if (context.isPrerendered) return request.goOn();
  // Where the body had to be looked into, this is a request that still has it whole.
  request.handed = ctx.request;
  return request.handed === context.request ? request.goOn() : request.goOn(request.handed);
}

function isForbidden(ctx: PorticoContext, { context, hosted }: AstroRequest): boolean {
  const { portico, settings } = hosted;
  // Actions have Portico's own check, and endpoints of plugins say themselves who may post.
  if (!settings.checkOrigin || ctx.action || context.isPrerendered) return false;
  const { settings: own, endpoints } = appOf(portico);
  return (
    !endpoints.find(context.url.pathname) &&
    isForbiddenPost(context.request, ctx.url.origin, own.isTrustedOrigin)
  );
}
