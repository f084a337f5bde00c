import { html, raw } from 'hono/html';
import type { PorticoContext } from 'portico';
import { publicName } from './accounts/public-name.ts';
import { entryModule, importMap, preloads, stylesheet } from './assets.ts';
import { actionButton } from './components/action-button.ts';
import { avatar } from './components/avatar.ts';
import { flashes } from './components/flashes.ts';
import { mark } from './components/mark.ts';
import type { Markup } from './components/markup.ts';
import { newsletterForm } from './components/newsletter-form.ts';
import { signOutButton } from './components/sign-out-button.ts';
import { signInLink } from './sign-in-link.ts';

export interface LayoutOptions {
  readonly title: string;
  readonly description?: string;
  readonly body: Markup;
  /** The footer's newsletter form: not where no form can be posted to. */
  readonly hasForms?: boolean;
  /** A feed of what the page is about, beside that of the journal. */
  readonly feed?: { readonly title: string; readonly href: string };
}

const PLACES: ReadonlyArray<readonly [path: string, name: string]> = [
  ['/', 'Journal'],
  ['/products', 'The shelf'],
  ['/gallery', 'Gallery'],
  ['/stories', 'Stories'],
  ['/help', 'Help'],
  ['/search', 'Search'],
];

/** The page around a page. Without a context (an error before there was one) it is the same for everybody. */
export function layout(
  ctx: PorticoContext | undefined,
  { title, description, body, hasForms = true, feed }: LayoutOptions,
): Markup {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" content="#f2f0ea" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#15171d" media="(prefers-color-scheme: dark)" />
    <title>${title === 'Saltglaze' ? 'Saltglaze, a shared pottery studio' : `${title} · Saltglaze`}</title>
    ${description && html`<meta name="description" content="${description}" />`}
    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
    ${feed && feedLink(feed)} ${feedLink({ title: 'Saltglaze', href: '/feed.atom' })}
    <link rel="stylesheet" href="${stylesheet}" />
    <script type="importmap">${raw(importMap)}</script>
    ${preloads.map((url) => html`<link rel="modulepreload" href="${url}" />`)}
    <script type="module" src="${entryModule}"></script>
  </head>
  <body>
    <a class="skip" href="#main">Skip to the content</a>
    ${ctx?.user?.impersonated ? impersonation(ctx) : ''}
    <header class="top">
      <a class="brand" href="/">${mark()}<span>Saltglaze</span></a>
      <nav class="places" aria-label="Site">${PLACES.map((place) => placeLink(ctx, place))}</nav>
      <div class="who">${ctx ? who(ctx) : ''}</div>
    </header>
    <main id="main" tabindex="-1">${ctx ? flashes(ctx) : ''} ${body}</main>
    <footer class="bottom">
      <div class="bottom-about">
        ${mark()}
        <p>Saltglaze is a shared pottery studio with one salt kiln, eleven wheels and a long table.</p>
        <p class="bottom-links">
          <a href="/contact">Write to us</a> <a href="/tags">Tags</a> <a href="/feed.atom">Feed</a>
          <a href="/openapi.json">API</a> ${ctx?.locals.explorerPath ? html`<a href="${ctx.locals.explorerPath}">Explorer</a>` : ''}
        </p>
      </div>
      ${
        ctx && hasForms
          ? html`<section class="bottom-letter" aria-labelledby="footer-letter">
            <h2 id="footer-letter">The monthly letter</h2>
            ${newsletterForm(ctx, 'footer')}
          </section>`
          : ''
      }
    </footer>
  </body>
</html>`;
}

function feedLink({ title, href }: NonNullable<LayoutOptions['feed']>): Markup {
  return html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${href}" />`;
}

function placeLink(ctx: PorticoContext | undefined, [path, name]: readonly [string, string]): Markup {
  const here = ctx?.url.pathname;
  const isHere = path === '/' ? here === '/' || here?.startsWith('/posts') : here?.startsWith(path);
  return isHere
    ? html`<a href="${path}" aria-current="page">${name}</a>`
    : html`<a href="${path}">${name}</a>`;
}

function who(ctx: PorticoContext): Markup {
  if (!ctx.user) return html`<a class="quiet-button" href="${signInLink(ctx)}">Sign in</a>`;
  const name = publicName(ctx.user);
  return html`${ctx.can('viewUsers') ? html`<a class="who-link" href="/admin/users">Members</a>` : ''}
    <a class="who-link" href="/account">
      ${avatar({ name, photoUrl: ctx.user.photoUrl })} <span class="who-name">${name}</span>
    </a>
    ${signOutButton(ctx)}`;
}

/** On every page, so that nobody forgets in whose name they act. */
function impersonation(ctx: PorticoContext): Markup {
  return html`<section class="disguise" aria-label="Signed in as somebody else">
    <p>You see the site as <strong>${ctx.user && publicName(ctx.user)}</strong> does, and do everything in that name.</p>
    ${actionButton(ctx, { action: 'users/stop-impersonating', label: 'Be yourself again', page: '/', redirect: '/admin/users' })}
  </section>`;
}
