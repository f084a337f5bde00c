import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono, type Context } from 'hono';
import { collectModules } from './browser-modules.ts';

interface Asset {
  readonly type: string;
  readonly body: string;
  readonly etag: string;
}

const { modules, importMap: imports } = collectModules(new URL('browser/site.ts', import.meta.url));
const styles = asset(
  'text/css; charset=utf-8',
  readFileSync(new URL('styles/site.css', import.meta.url), 'utf8'),
);
const files = new Map<string, Asset>(
  [...modules].map(([url, body]) => [url, asset('text/javascript; charset=utf-8', body)]),
);
files.set('/assets/site.css', styles);
files.set(
  '/assets/mark.svg',
  asset('image/svg+xml', readFileSync(new URL('styles/mark.svg', import.meta.url), 'utf8')),
);

/** Changes with the file, so browsers may keep it for good. */
export const stylesheet: string = `/assets/site.css?v=${styles.etag.slice(1, 9)}`;
export const entryModule = '/assets/browser/site.ts';
/** The modules that every page needs: named in its head, they load side by side. */
export const preloads: readonly string[] = [...modules.keys()].filter((url) => !url.includes('/devalue/'));
export const importMap: string = JSON.stringify({ imports });
export const importMapHash: string = `'sha256-${createHash('sha256').update(importMap).digest('base64')}'`;

/** The style sheet, the icon and the browser's modules. Nothing else can be fetched: a path is a key here, never a file name. */
export const assets = new Hono();
assets.get('/assets/*', (c) => {
  const file = files.get(c.req.path);
  return file ? serve(c, file, c.req.query('v') !== undefined) : c.notFound();
});

function serve(c: Context, file: Asset, versioned: boolean): Response {
  c.header('etag', file.etag);
  c.header('cache-control', versioned ? 'public, max-age=31536000, immutable' : 'no-cache');
  const known = c.req
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(file.etag)) return c.body(null, 304);
  return c.body(file.body, 200, { 'content-type': file.type });
}

function asset(type: string, body: string): Asset {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}
