import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { authorName } from '../../accounts/public-name.ts';
import { day } from '../../components/dates.ts';
import { pathOf } from '../../components/entry-link.ts';
import { plainText } from '../../components/markdown.ts';
import type { Markup } from '../../components/markup.ts';
import { pageNumber, pager } from '../../components/pager.ts';
import { excerpt } from '../../components/prose.ts';
import { findTag, postsTagged, type TaggedPost } from '../../data/tags.ts';
import { layout } from '../../layout.ts';

const ON_A_PAGE = 20;

/** GET /tags/:slug?page=: the posts with a tag. */
export async function tagPage(c: Context<PorticoEnv, '/tags/:slug'>): Promise<Response> {
  const ctx = c.var.portico;
  const { accounts } = ctx.locals;
  const tag = await findTag(accounts, c.req.param('slug'));
  if (!tag) return c.notFound();
  const found = await postsTagged(accounts, tag.id).page(pageNumber(c.req.query('page')), ON_A_PAGE);
  if (found.page > found.pages) return c.notFound();
  const path = pathOf(tag);
  const title = tag.title ?? '';
  return c.html(
    layout(ctx, {
      title,
      description: `What the journal has about ${title}.`,
      feed: { title: `Saltglaze: ${title}`, href: `${path}/feed.atom` },
      body: html`<div class="narrow">
        <p class="meta"><a href="/tags">All tags</a></p>
        <h1>${title}</h1>
        <p class="meta">
          ${found.total === 1 ? '1 post' : `${found.total} posts`} · <a href="${path}/feed.atom">Feed</a>
        </p>
        <ol class="results">
          ${found.entries.map(post)}
        </ol>
        ${pager({ ...found, href: (to) => (to === 1 ? path : `${path}?page=${to}`) })}
      </div>`,
    }),
  );
}

function post(entry: TaggedPost): Markup {
  return html`<li>
    <p class="meta">${entry.postDate && day(entry.postDate)} · ${authorName(entry.authors)}</p>
    <h2><a href="${pathOf(entry)}">${entry.title}</a></h2>
    <p>${excerpt(plainText(entry.fields.body ?? ''))}</p>
  </li>`;
}
