import type { Context, Env, Hono, MiddlewareHandler } from 'hono';
import { cloneRawRequest } from 'hono/request';
import type { Portico } from '../app.ts';
import type { PorticoContext } from '../define/context.ts';

/** For `new Hono<PorticoEnv>()`: gives pages `c.var.portico`, typed. */
export interface PorticoEnv extends Env {
  Variables: { portico: PorticoContext };
}

/**
 * Mounts Portico in a Hono app: `app.use(porticoHono(portico, app))`, before the routes. Actions are answered, pages get
 * `c.var.portico`, and a page is rendered again after a failed form.
 */
export function porticoHono<E extends Env>(portico: Portico<unknown>, app: Hono<E>): MiddlewareHandler {
  const { wrap, has, context } = portico;
  return async (c, next) => {
    // What middleware has read by Hono's means, Hono has kept, and gives out again.
    if (c.req.raw.bodyUsed) c.req.raw = await cloneRawRequest(c.req);
    const request = c.req.raw;
    if (has(request)) {
      c.set('portico', context(request));
      return next();
    }
    let rendered = false;
    const render = async (page: Request): Promise<Response> => {
      if (page !== request) return app.fetch(page, c.env, executionContext(c));
      rendered = true;
      c.set('portico', context(page));
      await next();
      return c.res;
    };
    const response = await wrap(render, { has: (path) => hasPage(app, path) })(request, {
      clientAddress: peerAddress(c),
      host: c,
    });
    if (!rendered) return response;
    if (response !== c.res) {
      // Hono merges headers of a response it already has into the one that replaces it; ours has them all. And what a
      // middleware returns counts only before there was a response.
      c.res = undefined;
      c.res = response;
    }
    return undefined;
  };
}

/** Hono's route table: a GET handler, or one for all methods that is no middleware for everything. */
function hasPage<E extends Env>(app: Hono<E>, path: string): boolean {
  const [handlers] = app.router.match('GET', path);
  return handlers.some(
    ([[, route]]) => route.method === 'GET' || (route.method === 'ALL' && !/^\/?\*$/.test(route.path)),
  );
}

function peerAddress(c: Context): string | undefined {
  // What @hono/node-server puts into the environment; other runtimes have other ways, and none a standard one.
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress;
}

function executionContext(c: Context): Context['executionCtx'] | undefined {
  try {
    return c.executionCtx;
  } catch {
    // Hono throws where the runtime has none, as Node.
    return undefined;
  }
}
