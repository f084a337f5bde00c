import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { publicName } from '../../accounts/public-name.ts';
import { actionButton } from '../../components/action-button.ts';
import { moment } from '../../components/dates.ts';
import { pathOf } from '../../components/entry-link.ts';
import type { Markup } from '../../components/markup.ts';
import { pageNumber, pager } from '../../components/pager.ts';
import type { Accounts } from '../../accounts/site.ts';
import type { Post } from '../../content/find-posts.ts';
import { layout } from '../../layout.ts';
import { changeablePost } from './changeable-post.ts';
import { differences } from './differences.ts';

const ON_A_PAGE = 20;

/** GET /posts/:id/revisions?page=&revision=: what a post was after each save, one of them beside what it is. */
export async function revisionsPage(c: Context<PorticoEnv, '/posts/:id/revisions'>): Promise<Response> {
  const ctx = c.var.portico;
  ctx.requireLogin();
  const post = await changeablePost(ctx, c.req.param('id'));
  if (!post) return c.notFound();
  const page = pageNumber(c.req.query('page'));
  const { queries } = ctx.locals.accounts;
  const { revisions, total } = await queries.revisions.list(post.id, {
    limit: ON_A_PAGE,
    offset: (page - 1) * ON_A_PAGE,
  });
  const chosen = c.req.query('revision');
  const compared = chosen === undefined ? '' : await comparison(ctx, post, pageNumber(chosen));
  if (compared === undefined) return c.notFound();
  const here = `/posts/${post.id}/revisions`;
  return c.html(
    layout(ctx, {
      title: `Versions of ${post.title ?? 'a draft'}`,
      body: html`<div class="narrow">
        <h1>Versions</h1>
        <p class="lead">What “<a href="${pathOf(post)}">${post.title}</a>” was after each save.</p>
        ${compared}
        ${total === 0 ? html`<p class="empty-list">None was kept.</p>` : ''}
        <ol class="cards">
          ${revisions.map((revision, index) => card(here, revision, page === 1 && index === 0))}
        </ol>
        ${pager({ page, pages: Math.ceil(total / ON_A_PAGE), href: (to) => `${here}?page=${to}` })}
      </div>`,
    }),
  );
}

type Revision = Awaited<ReturnType<Accounts['queries']['revisions']['list']>>['revisions'][number];

function card(here: string, { num, notes, creator, dateCreated }: Revision, isCurrent: boolean): Markup {
  return html`<li class="card">
    <h2>Version ${num} ${isCurrent ? html`<span class="badge">the latest</span>` : ''}</h2>
    <p class="meta">${moment(dateCreated)} · ${creator ? publicName(creator) : 'the site'}</p>
    ${notes && html`<p>${notes}</p>`}
    ${
      isCurrent
        ? ''
        : html`<p class="buttons">
            <a class="quiet-button" href="${here}?revision=${num}" aria-label="Compare version ${num}">Compare</a>
          </p>`
    }
  </li>`;
}

/** `undefined` where there is no such revision. */
async function comparison(ctx: PorticoContext, post: Post, num: number): Promise<Markup | undefined> {
  const found = await ctx.locals.accounts.queries.revisions.compare(post.id, num, 'current');
  if (found === undefined) return undefined;
  return html`<section class="compared" aria-labelledby="compared">
    <h2 id="compared">Version ${num}, and the post as it is</h2>
    ${found.length === 0 ? html`<p>They are the same.</p>` : await differences(ctx, found)}
    ${actionButton(ctx, {
      action: 'entries/revert-to-revision',
      label: 'Restore this version',
      values: { entryId: post.id, revision: num, version: post.version },
      redirect: `/posts/${post.id}/saved`,
      className: 'button',
    })}
  </section>`;
}
