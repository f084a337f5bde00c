import type { PorticoContext } from 'portico';
import { html, raw, type SafeHtml } from 'portico/html';
import { importMap, script, stylesheet } from '../assets.ts';
import { tools } from '../portico/tools.ts';
import { navigation } from './navigation.ts';

/** The page around a page. Without a context, as for an error, it is the same for everybody. */
export function layout(ctx: PorticoContext | undefined, title: string, body: SafeHtml): SafeHtml {
  const flashes = Object.entries(ctx?.flash.all({ delete: true }) ?? {});
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title} · {{name}}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${stylesheet}">
    <script type="importmap">${raw(importMap)}</script>
    <script type="module" src="${script}"></script>
  </head>
  <body>
    <header><a href="/">{{name}}</a> ${ctx && navigation(ctx)}</header>
    <main>
      ${flashes.map(([kind, text]) => html`<p class="flash ${kind}" role="status">${text}</p>`)}
      <h1>${title}</h1>
      ${body}
    </main>
    <footer>${tools.map(({ name, path }) => html`<a href="${path}">${name}</a> `)}</footer>
  </body>
</html>`;
}
