import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { pathOf, uriOf } from '../../components/entry-link.ts';
import { markdown, plainText } from '../../components/markdown.ts';
import type { Markup } from '../../components/markup.ts';
import { excerpt } from '../../components/prose.ts';
import { helpFor, pagesAbove, treeOf, type HelpPage } from '../../data/help.ts';
import { layout } from '../../layout.ts';
import { MAX_LEVELS } from '../../content/help.ts';
import { helpTree } from './help-tree.ts';

/** GET /help */
export async function helpIndexPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const pages = await helpFor(ctx).all();
  return c.html(
    layout(ctx, {
      title: 'Help',
      description: 'How the studio works: wheels, kilns, glazes and who sweeps the floor.',
      body: html`<div class="narrow">
        <div class="heading-row">
          <h1>Help</h1>
          ${newPageLink(ctx)}
        </div>
        <p class="lead">How the studio works. What is missing here, <a href="/contact">ask us</a>.</p>
        ${pages.length === 0 ? html`<p class="empty-list">Nobody has written anything yet.</p>` : helpTree(treeOf(pages))}
      </div>`,
    }),
  );
}

/** GET /help/* */
export async function helpPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const uri = uriOf(ctx.url);
  const page = uri && (await helpFor(ctx).with('children').findByUri(uri));
  if (!page) return c.notFound();
  const text = page.fields.body ?? '';
  return c.html(
    layout(ctx, {
      title: page.title ?? 'Help',
      description: excerpt(plainText(text), 150),
      body: html`<div class="narrow">
        ${breadcrumbs(await pagesAbove(ctx, uri))}
        <article>
          <div class="heading-row">
            <h1>${page.title}</h1>
            ${ctx.can('saveEntries:help') ? html`<a class="quiet-button" href="/admin/help/${page.id}">Edit</a>` : ''}
          </div>
          ${page.status === 'live' ? '' : html`<p class="note">Only those who look after the help see this page: it is not published.</p>`}
          <div class="prose">${markdown(text)}</div>
        </article>
        ${page.children.length === 0 ? '' : below(page.children)} ${newPageLink(ctx, page)}
      </div>`,
    }),
  );
}

function breadcrumbs(above: readonly HelpPage[]): Markup {
  return html`<nav class="breadcrumbs meta" aria-label="Where you are">
    <ol>
      <li><a href="/help">Help</a></li>
      ${above.map((page) => html`<li><a href="${pathOf(page)}">${page.title}</a></li>`)}
    </ol>
  </nav>`;
}

function below(children: ReadonlyArray<Pick<HelpPage, 'title' | 'uri'>>): Markup {
  return html`<section class="below" aria-labelledby="below">
    <h2 id="below">Read on</h2>
    <ul class="tree">${children.map((child) => html`<li><a href="${pathOf(child)}">${child.title}</a></li>`)}</ul>
  </section>`;
}

function newPageLink(ctx: PorticoContext, parent?: Pick<HelpPage, 'id' | 'level'>): Markup {
  if (!ctx.can('createEntries:help') || (parent && parent.level >= MAX_LEVELS)) return '';
  return html`<a class="quiet-button" href="/admin/help/new${parent ? `?parent=${parent.id}` : ''}">New page${parent ? ' below this one' : ''}</a>`;
}
