import { html, type SafeHtml } from '../../forms/safe-html.ts';
import { NAV } from './nav.ts';

export interface PageParts {
  readonly title: string;
  /** Where the explorer lives: `/shop/_portico`. */
  readonly root: string;
  /** Which entry of the navigation it belongs to. */
  readonly section: string;
  /** Pages of plugins for developers, such as a mailbox, by their paths with the app's base. */
  readonly tools: readonly string[];
  readonly content: SafeHtml;
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** A page of the explorer, with nothing inline and nothing from elsewhere. */
export function pageResponse(parts: PageParts, status = 200): Response {
  return new Response(String(layout(parts)), { status, headers: HEADERS });
}

function layout({ title, root, section, tools, content }: PageParts): SafeHtml {
  const entries = NAV.map(({ path, label }) => ({ href: root + path, label, current: path === section }));
  const others = tools.map((href) => ({ href, label: toolLabel(href), current: false }));
  const links = [...entries, ...others].map(
    ({ href, label, current }) =>
      html`<a href="${href}" ${current && html`aria-current="page"`}>${label}</a>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title} · Portico</title>
        <link rel="stylesheet" href="${root}/assets/explorer.css">
        <script type="module" src="${root}/assets/explorer.js"></script>
      </head>
      <body data-root="${root}">
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
          <a class="brand" href="${root}"><span aria-hidden="true">⌂</span> Portico</a>
          <nav aria-label="Explorer">${links}</nav>
          <form class="search" role="search" action="${root}" method="get">
            <label class="visually-hidden" for="search">Search actions</label>
            <input id="search" name="q" type="search" placeholder="Search actions" autocomplete="off">
            <kbd aria-hidden="true">/</kbd>
          </form>
        </header>
        <main id="content" tabindex="-1">${content}</main>
      </body>
    </html>`;
}

/** `/_portico/mail` is "Mail". */
function toolLabel(path: string): string {
  const last = path.split('/').at(-1) ?? '';
  return last.charAt(0).toUpperCase() + last.slice(1);
}
