import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { authorName } from '../../accounts/public-name.ts';
import { byline } from '../../components/avatar.ts';
import { cover } from '../../components/cover.ts';
import { day, moment } from '../../components/dates.ts';
import { pathOf } from '../../components/entry-link.ts';
import { likeButton } from '../../components/like-button.ts';
import { markdown, plainText } from '../../components/markdown.ts';
import type { Markup } from '../../components/markup.ts';
import { pot } from '../../components/pot.ts';
import { excerpt } from '../../components/prose.ts';
import { findPost, type Post } from '../../content/find-posts.ts';
import { listComments } from '../../data/comments.ts';
import { reactionsTo } from '../../data/reactions.ts';
import { layout } from '../../layout.ts';
import { comments } from './comments.ts';
import { postTools } from './post-tools.ts';

/** GET /posts/:slug */
export async function postPage(c: Context<PorticoEnv, '/posts/:slug'>): Promise<Response> {
  const ctx = c.var.portico;
  const post = await findPost(ctx, c.req.param('slug'));
  if (!post) return c.notFound();
  const body = post.fields.body ?? '';
  return c.html(
    layout(ctx, {
      title: post.title ?? '',
      description: excerpt(plainText(body), 150),
      body: html`<article class="article">
          <header>
            ${await writtenBy(ctx, post)}
            <h1>${post.title}</h1>
            ${pot(post.slug ?? '', 'article-pot')}
          </header>
          ${notice(post)} ${post.fields.cover.map((picture) => html`<figure>${cover(picture, post.fields.pictured)}</figure>`)}
          <div class="prose">${markdown(body)}</div>
          ${tags(post)}
          <footer class="entry-tools">
            ${post.status === 'live' ? likeButton(ctx, post, reactionsTo(ctx.locals.db, [post.uid], ctx.user?.uid)(post.uid)) : ''}
            ${postTools(ctx, post)}
          </footer>
        </article>
        ${post.status === 'live' ? comments(ctx, post, listComments(ctx.locals.db, post.uid)) : ''}`,
    }),
  );
}

async function writtenBy({ locals }: PorticoContext, { authors, postDate }: Post): Promise<Markup> {
  const [author] = authors;
  // A craft is a custom field of the account, which authors are loaded without.
  const account = author && (await locals.accounts.queries.users.find(author.id));
  const craft = account?.fields.craft;
  return byline(
    { name: authorName(authors), photoUrl: author?.photoUrl ?? null },
    ...(craft ? [craft] : []),
    ...(postDate ? [day(postDate)] : []),
  );
}

/** For those who see a post that others do not. */
function notice({ status, postDate }: Post): Markup {
  if (status === 'live') return '';
  const text =
    status === 'pending' && postDate
      ? html`This post comes out on ${moment(postDate)}. Until then its author and the moderators see it, and nobody else.`
      : 'This post is hidden: its author and the moderators see it, and nobody else.';
  return html`<p class="note">${text}</p>`;
}

function tags({ fields }: Post): Markup {
  if (fields.tags.length === 0) return '';
  return html`<ul class="tags" aria-label="Tags">
    ${fields.tags.map((tag) => html`<li><a class="badge" href="${pathOf(tag)}" rel="tag">${tag.title}</a></li>`)}
  </ul>`;
}
