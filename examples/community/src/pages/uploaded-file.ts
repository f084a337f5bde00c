import type { Context } from 'hono';
import type { PorticoEnv } from 'portico/hono';

/** GET /uploads/:file. The type is the one found at upload; were it wrong, the browser must neither guess nor run anything. */
export async function uploadedFile(c: Context<PorticoEnv, '/uploads/:file'>): Promise<Response> {
  const name = c.req.param('file');
  const file = await c.var.portico.locals.uploads.find(name);
  if (!file) return c.notFound();
  const headers = {
    'content-type': file.type,
    'content-length': String(file.size),
    'content-disposition': `inline; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    // The name is random and what it names never changes.
    'cache-control': 'public, max-age=31536000, immutable',
  };
  return c.body(file.stream(), 200, headers);
}
