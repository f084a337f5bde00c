import { Hono } from 'hono';
import { createPortico, isActionError } from 'portico';
import { explorer } from 'portico/explorer';
import { porticoHono, type PorticoEnv } from 'portico/hono';
import './context.ts';
import type { Accounts } from './accounts/site.ts';
import { server } from './actions/index.ts';
import { assets } from './assets.ts';
import type { Database } from './data/database.ts';
import { assistants, publicApi } from './machine-doors.ts';
import { errorPage } from './pages/error.ts';
import { notFoundPage } from './pages/not-found.ts';
import { mountPages } from './pages/routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { UploadFolder } from './uploads.ts';

export interface AppOptions {
  readonly db: Database;
  readonly uploads: UploadFolder;
  readonly accounts: Accounts;
  readonly secrets: readonly string[];
  /** Errors tell more, and the explorer calls every action as anybody. */
  readonly dev: boolean;
}

/** Where `explorer()` answers. */
export const EXPLORER = '/_portico';

/** The site: its pages by Hono, its actions by Portico, its accounts by `@portico/site`. */
export function createApp({ db, uploads, accounts, secrets, dev }: AppOptions): Hono<PorticoEnv> {
  const portico = createPortico({
    actions: server,
    plugins: [accounts, publicApi(), assistants(), ...(dev ? [explorer()] : [])],
    secrets,
    dev,
    use: [
      (ctx, next) => {
        Object.assign(ctx.locals, { db, uploads, accounts, explorerPath: dev ? EXPLORER : undefined });
        return next();
      },
    ],
    errorPage,
  });

  const app = new Hono<PorticoEnv>();
  app.use(securityHeaders);
  app.route('/', assets);
  app.use(porticoHono(portico, app));
  mountPages(app);
  app.notFound(notFoundPage);
  app.onError((error, c) => {
    // Of `ctx.requireLogin()`: a guest is to sign in first. What there is to say is said on the page it leads to.
    if ('getResponse' in error) return error.getResponse();
    // A page says by one who may not see it.
    if (isActionError(error)) return errorPage(error, c.var.portico);
    console.error(`${c.req.method} ${c.req.path} failed`, error);
    return errorPage({
      status: 500,
      message: 'Something broke on our side. It is written down and will be looked at.',
    });
  });
  return app;
}
