import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext, SubmittedModel } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { actionInput, csrfInput, hiddenInput, redirectInput, successMessageInput } from 'portico/html';
import { byline } from '../components/avatar.ts';
import { day } from '../components/dates.ts';
import { banner } from '../components/error-banner.ts';
import { likeButton } from '../components/like-button.ts';
import type { Markup } from '../components/markup.ts';
import { pot } from '../components/pot.ts';
import { excerpt, prose } from '../components/prose.ts';
import { listComments, type Comment } from '../data/comments.ts';
import { findPost, type Post } from '../data/posts.ts';
import { layout } from '../layout.ts';
import { signInLink } from '../sign-in-link.ts';

/** GET /posts/:slug */
export function postPage(c: Context<PorticoEnv, '/posts/:slug'>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const post = findPost(ctx.locals.db, c.req.param('slug'), ctx.user?.uid);
  if (!post) return c.notFound();
  const comments = listComments(ctx.locals.db, post.id);
  return c.html(
    layout(ctx, {
      title: post.title,
      description: excerpt(post.body, 150),
      body: html`<article class="article">
          <header>
            ${byline({ name: post.author, photoUrl: post.photoUrl }, ...(post.craft ? [post.craft] : []), day(post.createdAt))}
            <h1>${post.title}</h1>
            ${pot(post.slug, 'article-pot')}
          </header>
          <div class="prose">${prose(post.body)}</div>
          <footer class="entry-tools">${likeButton(ctx, post)}</footer>
        </article>
        <section class="comments" id="comments" aria-labelledby="comments-title">
          <h2 id="comments-title">Comments</h2>
          ${comments.length === 0 ? html`<p class="meta">Nobody has said anything yet.</p>` : ''}
          <ol class="comment-list">
            ${comments.map(commentItem)}
          </ol>
          ${
            ctx.user
              ? commentForm(ctx, post)
              : html`<p><a href="${signInLink(ctx)}">Sign in</a> or <a href="/register">join the studio</a> to leave a comment.</p>`
          }
        </section>`,
    }),
  );
}

function commentItem({ id, author, photoUrl, body, createdAt }: Comment): Markup {
  return html`<li id="comment-${id}" class="comment" tabindex="-1">
    ${byline({ name: author, photoUrl }, day(createdAt))}
    ${prose(body)}
  </li>`;
}

/**
 * Written out by hand, controller style: the action is named in a field, where to go travels signed, and after a failure the
 * model comes back in `ctx.variables` with its errors. `field()` does the same for a form by `form()`.
 */
function commentForm(ctx: PorticoContext, post: Post): Markup {
  const comment = ctx.variables['comment'] as SubmittedModel | undefined;
  const errors = comment?.getErrors('body') ?? [];
  return html`<form class="form" method="post" data-reset>
    ${csrfInput(ctx)} ${actionInput('posts/comment')} ${redirectInput(ctx, '/posts/{slug}#comment-{id}')}
    ${successMessageInput(ctx, 'Thank you, your comment is up.')} ${hiddenInput('postId', post.id)}
    ${banner(undefined)}
    <div class="field">
      <label for="comment-body">Your comment</label>
      <textarea
        id="comment-body"
        name="body"
        rows="4"
        required
        maxlength="2000"
        aria-describedby="comment-body-errors"
        ${errors.length > 0 ? 'aria-invalid=true' : ''}
      >
${typeof comment?.['body'] === 'string' ? comment['body'] : ''}</textarea
      >
      <ul id="comment-body-errors" class="errors">
        ${errors.map((message) => html`<li>${message}</li>`)}
      </ul>
    </div>
    <button class="button">Post the comment</button>
  </form>`;
}
