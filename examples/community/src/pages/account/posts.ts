import type { Context } from 'hono';
import { html } from 'hono/html';
import type { EntryRecord } from '@portico/site';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { day, moment } from '../../components/dates.ts';
import { pathOf } from '../../components/entry-link.ts';
import type { Markup } from '../../components/markup.ts';
import { pageNumber, pager } from '../../components/pager.ts';
import { statusBadge } from '../../components/status-badge.ts';
import { listPostsOf } from '../../content/find-posts.ts';
import { deletion } from '../posts/post-tools.ts';
import { accountOwner, room } from './room.ts';

const ON_A_PAGE = 20;

/** GET /account/posts?page= */
export async function ownPostsPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  const [{ entries, page, pages }, drafts] = await Promise.all([
    listPostsOf(ctx, user.id, pageNumber(c.req.query('page')), ON_A_PAGE),
    ctx.locals.accounts.queries.drafts.listOf(user.id),
  ]);
  // Also of posts that are somebody else's.
  const changes = drafts.filter(({ provisional, entry }) => provisional && entry.section === 'posts');
  return c.html(
    room(ctx, user, {
      title: 'Posts',
      lead: 'What you have written, what you are writing, and what waits for its day.',
      body: html`<p class="more"><a class="button" href="/posts/new">Write a post</a></p>
        ${
          changes.length === 0
            ? ''
            : html`<section aria-labelledby="changes">
                <h2 id="changes">Not published yet</h2>
                <ul class="cards">
                  ${changes.map(
                    ({ entry, dateUpdated }) => html`<li class="card">
                      <h3><a href="/posts/${entry.id}/edit">${entry.title ?? 'Without a title'}</a></h3>
                      <p class="meta">Changes from ${moment(dateUpdated)}</p>
                    </li>`,
                  )}
                </ul>
              </section>`
        }
        <section aria-labelledby="all-posts">
          <h2 id="all-posts">All of them</h2>
          ${entries.length === 0 ? html`<p class="empty-list">No post yet.</p>` : ''}
          <ul class="cards">
            ${entries.map((post) => card(ctx, post))}
          </ul>
        </section>
        ${pager({ page, pages, href: (to) => `/account/posts?page=${to}` })}`,
    }),
  );
}

function card(ctx: PorticoContext, post: EntryRecord): Markup {
  const { id, status, postDate, dateUpdated } = post;
  const title = post.title ?? 'Without a title';
  return html`<li class="card">
    <h3>
      ${status === 'draft' ? title : html`<a href="${pathOf(post)}">${title}</a>`} ${statusBadge(status)}
    </h3>
    <p class="meta">
      ${
        status === 'pending' && postDate
          ? html`Comes out on ${moment(postDate)}`
          : status === 'live' && postDate
            ? day(postDate)
            : html`Last saved on ${day(dateUpdated)}`
      }
    </p>
    <div class="buttons">
      <a class="quiet-button" href="/posts/${id}/edit" aria-label="Edit: ${title}">Edit</a>
      ${status === 'draft' ? deletion(ctx, post) : html`<a class="quiet-button" href="/posts/${id}/revisions" aria-label="Versions: ${title}">Versions</a>`}
    </div>
  </li>`;
}
