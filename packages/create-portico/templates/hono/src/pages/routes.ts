import type { Hono } from 'hono';
import type { PorticoEnv } from 'portico/hono';
import { guestBookPage } from './guest-book.ts';

export function mountPages(app: Hono<PorticoEnv>): void {
  app.get('/', async (c) => c.html(await guestBookPage(c.var.portico)));
}
