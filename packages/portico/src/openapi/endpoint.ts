import { createHash } from 'node:crypto';
import type { PorticoContext } from '../define/context.ts';
import type { MountedApp, Plugin } from '../define/options.ts';
import { openApi } from './document.ts';
import type { OpenApiOptions } from './options.ts';

export interface OpenApiEndpointOptions extends OpenApiOptions {
  /** Below the app's base. Default `/openapi.json`. */
  readonly path?: string;
  /** Seconds for which caches keep it unasked. Default 300. */
  readonly maxAge?: number;
}

interface Served {
  readonly body: string;
  readonly etag: string;
}

/**
 * A plugin that serves the document of its app, to anybody: it tells names and shapes of actions, and nothing of their data.
 * Made at the first request, revalidated by ETag.
 */
export function openApiEndpoint(options: OpenApiEndpointOptions): Plugin {
  const { path = '/openapi.json', maxAge = 300, ...described } = options;
  let app: MountedApp | undefined;
  let served: Served | undefined;
  const answer = ({ request }: PorticoContext): Response => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('The document can be read only.', { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    if (!app) throw new Error('openApiEndpoint: pass the plugin to createPortico({ plugins: […] }).');
    served ??= serve(JSON.stringify(openApi(app, described)));
    const headers = {
      'content-type': 'application/json',
      'cache-control': `public, max-age=${maxAge}`,
      'x-content-type-options': 'nosniff',
      etag: served.etag,
    };
    if (isKnown(request, served.etag)) return new Response(null, { status: 304, headers });
    return new Response(request.method === 'HEAD' ? null : served.body, { headers });
  };
  return {
    endpoints: { [path]: answer },
    mounted(mounted) {
      app = mounted;
    },
  };
}

function serve(body: string): Served {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}

function isKnown(request: Request, etag: string): boolean {
  const known = (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
