import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Portico } from '../app.ts';
import type { PorticoContext } from '../define/context.ts';
import type { Answer } from '../http/reply.ts';
import { answerHeld } from './held-pages.ts';
import { mergeHeaders } from './merge-answer.ts';
import { NodeIncoming } from './node-incoming.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The page's context, after `app.register(porticoFastify, { portico })`. */
    portico: PorticoContext;
  }
}

export interface FastifyOptions {
  readonly portico: Portico<unknown>;
  /** Whether there is a page at a path; `undefined` where that cannot be told. Default: what Fastify's routes say. */
  readonly has?: (path: string) => boolean | undefined;
}

/** The contexts of pages that are rendered again, by the message that makes its way through Fastify once more. */
const again = new WeakMap<object, { readonly portico: Portico<unknown>; readonly context: PorticoContext }>();

const plugin: FastifyPluginCallback<FastifyOptions> = (app, { portico, has }, registered) => {
  // Two apps of Portico's in one of Fastify's: each page has the context of the last.
  if (!app.hasRequestDecorator('portico'))
    app.decorateRequest('portico', undefined as unknown as PorticoContext);
  app.addHook('onRequest', (request, reply, next) => {
    const { raw } = request;
    const page = again.get(raw);
    if (page?.portico === portico) {
      request.portico = page.context;
      return next();
    }
    const incoming = new NodeIncoming(raw, reply.raw, request.originalUrl, { request, reply });
    answerHeld(portico, incoming, reply.raw, {
      has: has ?? ((path) => hasRoute(app, path)),
      headers: () => reply.getHeaders() as ReturnType<typeof reply.raw.getHeaders>,
      show(context) {
        request.portico = context;
        next();
      },
      showAgain(context) {
        again.set(raw, { portico, context });
        // The second way through Fastify, as the GET the message now looks like, has a reply of its own.
        reply.hijack();
        app.routing(raw, reply.raw);
      },
      send: (answer) => send(answer, request, reply),
      fail(error) {
        if (!reply.sent) return void reply.send(error);
        request.log.error(error);
        raw.destroy();
      },
    });
  });
  registered();
};

/**
 * Mounts Portico in a Fastify 5 app: `await app.register(porticoFastify, { portico })`, before the routes. Actions are
 * answered before Fastify reads a body; pages get `request.portico`, and the session they touch is saved however they answer.
 * After a failed form the page's own route is asked again, by a GET.
 */
export const porticoFastify: FastifyPluginCallback<FastifyOptions> = Object.assign(plugin, {
  // As fastify-plugin says it: the hook is for the app that registers the plugin, and not only for a scope within.
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'portico',
  [Symbol.for('plugin-meta')]: { name: 'portico', fastify: '5.x' },
});

function hasRoute(app: FastifyInstance, path: string): boolean {
  return app.findRoute({ method: 'GET', url: path }) !== null;
}

/** Answers through the reply, so that hooks of other plugins see what is sent: they compress it, log it, add to it. */
async function send(answer: Answer, { method }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { body } = answer;
  reply.code(answer.status);
  const present = reply.getHeaders() as ReturnType<typeof reply.raw.getHeaders>;
  for (const [name, value] of mergeHeaders(present, answer)) {
    reply.removeHeader(name);
    reply.header(name, value);
  }
  if (body instanceof ReadableStream && method === 'HEAD') await body.cancel();
  const isEmpty = body === null || (body instanceof ReadableStream && method === 'HEAD');
  // Bytes, for a text would have its media type completed.
  reply.send(isEmpty ? undefined : typeof body === 'string' ? Buffer.from(body) : body);
}
