import type { Hono } from 'hono';
import type { PorticoEnv } from 'portico/hono';
import { guestBookPage } from './guest-book.ts';
import { loginPage } from './login.ts';
import { membersPage } from './members.ts';
import { registerPage } from './register.ts';

// What has no page here, as the one that a mail's link opens, is a plain built-in page of `@portico/site`.
export function mountPages(app: Hono<PorticoEnv>): void {
  app.get('/', async (c) => c.html(await guestBookPage(c.var.portico)));
  app.get('/register', (c) => c.html(registerPage(c.var.portico)));
  app.get('/login', (c) => c.html(loginPage(c.var.portico)));
  app.get('/members', (c) => c.html(membersPage(c.var.portico)));
}
