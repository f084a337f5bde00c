import { html } from 'hono/html';
import type { PorticoContext, SubmittedModel } from 'portico';
import {
  actionInput,
  csrfInput,
  hiddenInput,
  onceInput,
  redirectInput,
  successMessageInput,
} from 'portico/html';
import { comment as commentAction } from '../../actions/posts/comment.ts';
import { byline } from '../../components/avatar.ts';
import { day } from '../../components/dates.ts';
import { banner } from '../../components/error-banner.ts';
import type { Markup } from '../../components/markup.ts';
import { prose } from '../../components/prose.ts';
import type { Comment } from '../../data/comments.ts';
import { signInLink } from '../../sign-in-link.ts';

interface Commented {
  readonly uid: string;
}

/** What was said of a post, and the form to say something. */
export function comments(ctx: PorticoContext, post: Commented, said: readonly Comment[]): Markup {
  return html`<section class="comments" id="comments" aria-labelledby="comments-title">
    <h2 id="comments-title">Comments</h2>
    ${said.length === 0 ? html`<p class="meta">Nobody has said anything yet.</p>` : ''}
    <ol class="comment-list">
      ${said.map(commentItem)}
    </ol>
    ${
      ctx.user
        ? commentForm(ctx, post)
        : html`<p><a href="${signInLink(ctx)}">Sign in</a> or <a href="/register">join the studio</a> to leave a comment.</p>`
    }
  </section>`;
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
function commentForm(ctx: PorticoContext, { uid }: Commented): Markup {
  const comment = ctx.variables['comment'] as SubmittedModel | undefined;
  const errors = comment?.getErrors('body') ?? [];
  return html`<form class="form" method="post" data-reset data-live>
    ${csrfInput(ctx)} ${actionInput(commentAction)} ${onceInput(ctx, commentAction)} ${redirectInput(ctx, '/posts/{slug}#comment-{id}')}
    ${successMessageInput(ctx, 'Thank you, your comment is up.')} ${hiddenInput('postId', uid)}
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
