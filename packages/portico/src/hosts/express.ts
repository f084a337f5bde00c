import type { Application, Request, RequestHandler } from 'express';
import type { Portico } from '../app.ts';
import type { PorticoContext } from '../define/context.ts';
import { hasRoute } from './express-routes.ts';
import { answerHeld } from './held-pages.ts';
import { NodeIncoming } from './node-incoming.ts';
import { isParsed, ParsedIncoming } from './parsed-body.ts';
import { sendAnswer } from './send-answer.ts';

declare global {
  // The place where Express has its Request augmented.
  namespace Express {
    interface Request {
      /** The page's context, after `app.use(porticoExpress(portico))`. */
      portico: PorticoContext;
    }
  }
}

export interface ExpressOptions {
  /**
   * Whether there is a page at a path; `undefined` where that cannot be told. Then a form posted to a missing page is
   * answered 404 and runs nothing. Default: what the routes say, as long as no other middleware stands behind Portico.
   */
  readonly has?: (path: string) => boolean | undefined;
}

/** Which app a message has come through already: an app that is mounted twice answers once. */
const passed = new WeakMap<object, Portico<unknown>>();

/**
 * Mounts Portico in an Express 5 app or router: `app.use(porticoExpress(portico))`, once, before the routes and best before
 * body parsers. Actions are answered; pages get `req.portico`, and the session they touch is saved however they answer.
 * After a failed form the page's own route is asked again, by a GET, with what earlier middleware made of the request.
 */
export function porticoExpress(portico: Portico<unknown>, options: ExpressOptions = {}): RequestHandler {
  const middleware: RequestHandler = (req, res, next) => {
    if (passed.get(req) === portico) return next();
    passed.set(req, portico);
    const Incoming = isParsed(req) ? ParsedIncoming : NodeIncoming;
    // Below a path Express takes that path away from `req.url`.
    const incoming = new Incoming(req, res, req.originalUrl);
    const { baseUrl } = req;
    answerHeld(portico, incoming, res, {
      has: options.has ?? ((path) => hasRoute(req.app, middleware, baseUrl, path)),
      headers: () => res.getHeaders(),
      show(context) {
        req.portico = context;
        next();
      },
      showAgain(context, target) {
        req.portico = context;
        const below = within(baseUrl, target);
        if (below === undefined) return startOver(req, target);
        req.url = below;
        next();
      },
      send: (answer) => sendAnswer(answer, req.method, res),
      fail: next,
    });
  };
  return middleware;
}

/** A path as seen from where Portico is mounted; `undefined` if it is not below that. */
function within(baseUrl: string, target: string): string | undefined {
  if (!target.startsWith(baseUrl)) return undefined;
  const rest = target.slice(baseUrl.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : undefined;
}

/** Another part of the app has the page that `ctx.render` names: the request takes its way through all of it. */
function startOver(req: Request, target: string): void {
  let root: Application & { readonly parent?: Application } = req.app;
  while (root.parent) root = root.parent;
  req.url = target;
  req.baseUrl = '';
  if (req.res) root(req, req.res);
}
