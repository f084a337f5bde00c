import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createMemorySessionStore, createPortico, type Portico } from 'portico';
import { porticoHono, type PorticoEnv } from 'portico/hono';
import { toNodeListener } from 'portico/node';

import { bundleClient } from './client-bundle.ts';
import { fixtureActions, type Probe } from './fixture-actions.ts';
import { fixturePages, layout, type Page } from './fixture-pages.ts';
import { Gate } from './gate.ts';

export interface FixtureOptions {
  readonly host?: 'node' | 'hono';
  readonly csrf?: 'auto' | 'token';
  /** Sessions in a store instead of the cookie: what one request changes is not undone by another one at the same time. */
  readonly stored?: boolean;
}

export interface Fixture extends Probe {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  /** How often a handler ran since the last `reset()`. */
  count(action: string): number;
  /** Forgets calls and opens all gates. */
  reset(): void;
  close(): Promise<void>;
}

type Pages = ReadonlyMap<string, Page>;

let script: Promise<string> | undefined;

/** Serves an app of forms on a free port, for a browser to use. */
export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const { host = 'node', csrf = 'auto', stored = false } = options;
  const probe: Probe = { calls: new Map(), slow: new Gate(), bodies: new Gate() };
  const actions = fixtureActions(probe);
  const code = await (script ??= bundleClient());
  const portico = createPortico({
    actions,
    csrf,
    ...(stored && { session: { store: createMemorySessionStore() } }),
    secrets: ['a secret for the browser tests, long enough'],
    // What a test breaks on purpose need not be printed.
    onError: () => undefined,
    use: [
      async (ctx, next) => {
        if (ctx.request.method === 'POST') await probe.bodies.pass();
        return next();
      },
    ],
  });
  const pages = fixturePages(actions);
  const listener = host === 'node' ? nodeListener(portico, pages, code) : honoListener(portico, pages, code);
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...probe,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    count: (action) => probe.calls.get(action)?.length ?? 0,
    reset() {
      probe.calls.clear();
      probe.slow.open();
      probe.bodies.open();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };

function nodeListener(portico: Portico, pages: Pages, code: string): RequestListener {
  return toNodeListener(portico, {
    pages(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/enhance.js') return new Response(code, { headers: SCRIPT });
      const page = pages.get(pathname);
      if (!page) return new Response('Not found', { status: 404 });
      const ctx = portico.context(request);
      return new Response(layout(ctx, pathname, page(ctx)), { headers: HTML });
    },
  });
}

function honoListener(portico: Portico, pages: Pages, code: string): RequestListener {
  const app = new Hono<PorticoEnv>();
  app.use(porticoHono(portico, app));
  app.get('/enhance.js', (c) => c.body(code, 200, SCRIPT));
  for (const [path, page] of pages) {
    app.get(path, (c) => c.html(layout(c.var.portico, path, page(c.var.portico))));
  }
  return getRequestListener(app.fetch);
}
