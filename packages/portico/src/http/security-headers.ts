import { createHash } from 'node:crypto';

export interface PageSources {
  /** `cspHash` of each inline `<style>`. */
  readonly styles?: readonly string[] | undefined;
  /** `cspHash` of each inline `<script>`. */
  readonly scripts?: readonly string[] | undefined;
}

/**
 * The source expression that lets one inline style or script through a Content-Security-Policy (CSP 3,
 * section 2.3.1).
 */
export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * Headers for a page that Portico renders itself (errors, confirmations): it loads nothing, runs only the
 * scripts named, posts only to us and stands in no frame. `Referrer-Policy: same-origin` rather than
 * `no-referrer`, with which browsers would post its forms with `Origin: null`.
 */
export function pageSecurityHeaders(sources: PageSources = {}): Record<string, string> {
  const policy = [
    "default-src 'none'",
    ...directive('style-src', sources.styles),
    ...directive('script-src', sources.scripts),
    ...(sources.scripts?.length ? ["connect-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
}

function directive(name: string, hashes: readonly string[] | undefined): string[] {
  return hashes?.length ? [`${name} ${hashes.join(' ')}`] : [];
}
