import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import { hiddenInputs, form } from 'portico/html';
import { server } from '../actions/index.ts';
import type { Reactions } from '../data/reactions.ts';
import { signInLink } from '../sign-in-link.ts';
import type { Markup } from './markup.ts';

/** A form without JavaScript; with it, `browser/like-button.ts` makes a typed call of it. */
export function likeButton(
  ctx: PorticoContext,
  post: { readonly uid: string; readonly title: string | null },
  { likes, liked }: Reactions,
): Markup {
  const like = form(ctx, server.likePost, { id: `like-${post.uid}` });
  return html`<form class="like" method="post" action="${like.attributes.action}" data-like="${post.uid}">
    ${hiddenInputs(like)}
    <input type="hidden" name="postId" value="${post.uid}" />
    <input type="hidden" name="liked" value="${String(!liked)}" />
    <button class="like-button" aria-pressed="${String(liked)}" aria-label="Like “${post.title}”">
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="M10 17.2 3.6 11a4.3 4.3 0 0 1 6.1-6.1l.3.3.3-.3A4.3 4.3 0 0 1 16.4 11Z" /></svg>
      <span data-count>${likes}</span>
    </button>
    <span role="status" data-like-message>${like.message && html`<a href="${signInLink(ctx)}">Sign in to like a post</a>`}</span>
  </form>`;
}
