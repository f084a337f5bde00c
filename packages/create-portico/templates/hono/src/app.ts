import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isActionError } from 'portico';
import { porticoHono, type PorticoEnv } from 'portico/hono';
import { assets } from './assets.ts';
import { messagePage } from './pages/message.ts';
import { mountPages } from './pages/routes.ts';
import { portico } from './portico/index.ts';
import { securityHeaders } from './security-headers.ts';

export const app = new Hono<PorticoEnv>();
app.use(securityHeaders);
app.route('/', assets);
app.use(porticoHono(portico, app)); // before the pages
mountPages(app);
app.notFound((c) => c.html(messagePage('Not found', 'There is no such page.'), 404));
app.onError((error, c) => {
  // A page that sends the visitor elsewhere, as one for members does with guests.
  if ('getResponse' in error) return error.getResponse();
  if (isActionError(error)) {
    return c.html(messagePage('That did not work', error.message), error.status as ContentfulStatusCode);
  }
  console.error(`${c.req.method} ${c.req.path}`, error);
  return c.html(messagePage('Something broke', 'It is written down and will be looked at.'), 500);
});
