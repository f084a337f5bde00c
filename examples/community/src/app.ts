import { Hono } from 'hono';
import { createPortico, type PorticoContext } from 'portico';
import { porticoHono, type PorticoEnv } from 'portico/hono';
import './context.ts';
import { server } from './actions/index.ts';
import { assets } from './assets.ts';
import type { Database } from './data/database.ts';
import { findMember } from './data/members.ts';
import { errorPage } from './pages/error.ts';
import { galleryPage } from './pages/gallery.ts';
import { homePage } from './pages/home.ts';
import { newPostPage } from './pages/new-post.ts';
import { newProductPage } from './pages/new-product.ts';
import { notFoundPage } from './pages/not-found.ts';
import { postPage } from './pages/post.ts';
import { productPage } from './pages/product.ts';
import { productsPage } from './pages/products.ts';
import { searchPage } from './pages/search.ts';
import { signInPage } from './pages/sign-in.ts';
import { uploadedFile } from './pages/uploaded-file.ts';
import { securityHeaders } from './security-headers.ts';
import type { UploadFolder } from './uploads.ts';

export interface AppOptions {
  readonly db: Database;
  readonly uploads: UploadFolder;
  readonly secrets: readonly string[];
  readonly siteUrl?: string;
}

/** The site: its pages by Hono, its actions by Portico. */
export function createApp({ db, uploads, secrets, siteUrl }: AppOptions): Hono<PorticoEnv> {
  const portico = createPortico({
    actions: server,
    secrets,
    ...(siteUrl && { siteUrl }),
    user: (ctx) => signedIn(db, ctx),
    use: [
      (ctx, next) => {
        Object.assign(ctx.locals, { db, uploads });
        return next();
      },
    ],
    errorPage,
  });

  const app = new Hono<PorticoEnv>();
  app.use(securityHeaders);
  app.route('/', assets);
  app.use(porticoHono(portico, app));
  app.get('/', homePage);
  app.get('/posts/new', newPostPage);
  app.get('/posts/:slug', postPage);
  app.get('/products', productsPage);
  app.get('/products/new', newProductPage);
  app.get('/products/:id', productPage);
  app.get('/gallery', galleryPage);
  app.get('/search', searchPage);
  app.get('/sign-in', signInPage);
  app.get('/uploads/:file', uploadedFile);
  app.notFound(notFoundPage);
  app.onError((error, c) => {
    console.error(`${c.req.method} ${c.req.path} failed`, error);
    return errorPage({
      status: 500,
      message: 'Something broke on our side. It is written down and will be looked at.',
    });
  });
  return app;
}

function signedIn(db: Database, ctx: PorticoContext): ReturnType<typeof findMember> {
  const id = ctx.session.get('memberId');
  return typeof id === 'string' ? findMember(db, id) : undefined;
}
