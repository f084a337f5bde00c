import { sameOrigin } from '../../http/csrf/origin.ts';

// RFC 9110 section 9.2.1.
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
// What a form of another site can send without a preflight (HTML standard, form submission).
const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * Astro's own rule (`security.checkOrigin`) for endpoints that are no actions: what a form of another site could send must
 * come from this origin. Beside Astro's, `Sec-Fetch-Site: same-origin` and `trustedOrigins` pass.
 */
export function isForbiddenPost(
  request: Request,
  ownOrigin: string,
  isTrusted: (origin: string) => boolean,
): boolean {
  if (SAFE_METHODS.has(request.method)) return false;
  const type = request.headers.get('content-type')?.toLowerCase();
  if (type !== undefined && !FORM_TYPES.some((form) => type.includes(form))) return false;
  if (request.headers.get('sec-fetch-site') === 'same-origin') return false;
  const origin = request.headers.get('origin');
  return origin === null || !(sameOrigin(origin, ownOrigin) || isTrusted(origin));
}
