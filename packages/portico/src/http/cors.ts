import { isNamedOrigin, type OriginList } from './csrf/origin.ts';

export interface CorsOptions {
  /** The origins whose pages may read our answers. */
  readonly origins: OriginList;
  /** Whether they may send cookies along. Default: false. */
  readonly credentials?: boolean | undefined;
  /** Methods beyond GET, HEAD and POST. */
  readonly methods?: readonly string[] | undefined;
  /** Request headers beyond those that Portico's own client sends. */
  readonly allowHeaders?: readonly string[] | undefined;
  /** Response headers that scripts may read beyond those of the Fetch standard. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Seconds for which a browser keeps the answer to a preflight. Default: 600. */
  readonly maxAge?: number | undefined;
}

const METHODS = ['GET', 'HEAD', 'POST'];
const REQUEST_HEADERS = [
  'accept',
  'authorization',
  'content-type',
  'idempotency-key',
  'precognition',
  'precognition-validate-only',
  'x-csrf-token',
  'x-requested-with',
];
const RESPONSE_HEADERS = ['precognition', 'precognition-success', 'retry-after'];

/**
 * The CORS headers of an answer (Fetch standard, "CORS protocol"). For a preflight pass its
 * `Access-Control-Request-Method` and `Access-Control-Request-Headers`, else `undefined`. An origin that is
 * not named gets none but `Vary`, so that no cache hands one origin's answer to another.
 */
export function corsHeaders(
  options: CorsOptions,
  origin: string | undefined,
  requestMethod: string | undefined,
  requestHeaders: string | undefined,
): Record<string, string> {
  const isPreflight = requestMethod !== undefined;
  const headers: Record<string, string> = {
    vary: isPreflight ? 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' : 'Origin',
  };
  if (origin === undefined || !isNamedOrigin(options.origins, origin)) return headers;
  headers['access-control-allow-origin'] = origin;
  if (options.credentials === true) headers['access-control-allow-credentials'] = 'true';
  if (!isPreflight) {
    headers['access-control-expose-headers'] = [...RESPONSE_HEADERS, ...(options.exposeHeaders ?? [])].join(
      ', ',
    );
    return headers;
  }
  headers['access-control-allow-methods'] = [...METHODS, ...(options.methods ?? [])].join(', ');
  const allowed = allowedHeaders(options, requestHeaders ?? '');
  if (allowed !== '') headers['access-control-allow-headers'] = allowed;
  headers['access-control-max-age'] = String(options.maxAge ?? 600);
  return headers;
}

/**
 * Throws when `origins` holds what is no origin: `*`, a path, a host without scheme. For when the app is
 * made.
 */
export function checkCorsOptions(options: CorsOptions): void {
  if (typeof options.origins === 'function') return;
  for (const origin of options.origins) {
    if (isNamedOrigin([origin], origin)) continue;
    throw new Error(
      `cors.origins has ${JSON.stringify(origin)}, which is no origin. Write scheme, host and port: ` +
        "'https://app.example.com'. Every origin can be allowed by a function that returns true.",
    );
  }
}

function allowedHeaders(options: CorsOptions, requested: string): string {
  const known = new Set([
    ...REQUEST_HEADERS,
    ...(options.allowHeaders ?? []).map((name) => name.toLowerCase()),
  ]);
  const names = requested.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => known.has(name)).join(', ');
}
