import { html, raw, type SafeHtml } from 'portico/html';
import type { Settings } from '../config.ts';
import { PAGE_STYLE, PAGE_STYLE_HASH } from './page-style.ts';

export interface AccountPage {
  readonly title: string;
  readonly body: SafeHtml;
  /** Default 200. */
  readonly status?: number;
  /** Whether a code may stand in the URL, which then must not reach anybody as a `Referer` (OWASP: forgot password). */
  readonly hasCode?: boolean;
}

const POLICY = [
  "default-src 'none'",
  `style-src ${PAGE_STYLE_HASH}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A built-in page around its content: the same card, stylesheet and headers for all of them. */
export function accountPage(
  settings: Pick<Settings, 'siteName'>,
  { title, body, status = 200, hasCode = false }: AccountPage,
): Response {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${settings.siteName}</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<main>
<p class="site">${settings.siteName}</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return new Response(page.toString(), { status, headers: headers(hasCode) });
}

function headers(hasCode: boolean): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    // `no-referrer` makes browsers post forms with `Origin: null`: the token in them settles that, yet only where it must be.
    'referrer-policy': hasCode ? 'no-referrer' : 'same-origin',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    'cross-origin-opener-policy': 'same-origin',
  };
}
