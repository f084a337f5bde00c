import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { pathOf } from '../../components/entry-link.ts';
import { tagCounts } from '../../data/tag-counts.ts';
import { layout } from '../../layout.ts';

// Members make them as they write.
const MOST = 500;

/** GET /tags: those that most was written about. */
export async function tagsPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const { accounts } = ctx.locals;
  const counts = await tagCounts(accounts);
  const most = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, MOST);
  const used = await accounts
    .entries('tags')
    .where(
      'id',
      'in',
      most.map(([id]) => id),
    )
    .orderBy('title')
    .all();
  return c.html(
    layout(ctx, {
      title: 'Tags',
      description: 'What the journal is about.',
      body: html`<div class="narrow">
        <h1>Tags</h1>
        <p class="lead">What the journal is about.</p>
        ${used.length === 0 ? html`<p class="empty-list">Nothing has a tag yet.</p>` : ''}
        <ul class="tag-list">
          ${used.map((tag) => html`<li><a href="${pathOf(tag)}">${tag.title}</a> <span class="meta">${counts.get(tag.id)}</span></li>`)}
        </ul>
      </div>`,
    }),
  );
}
