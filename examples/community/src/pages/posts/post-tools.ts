import type { AskedEntry } from '@portico/site';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import { actionButton } from '../../components/action-button.ts';
import type { Markup } from '../../components/markup.ts';

interface OwnedPost extends AskedEntry {
  readonly id: number;
  readonly title: string | null;
}

/** What those may do to a post who may; others see nothing of it. */
export function postTools(ctx: PorticoContext, post: OwnedPost): Markup {
  const { may } = ctx.locals.accounts;
  return html`${
    may(ctx, 'save', post)
      ? html`<a class="quiet-button" href="/posts/${post.id}/edit">Edit</a>
          <a class="quiet-button" href="/posts/${post.id}/revisions">Versions</a>`
      : ''
  }
  ${may(ctx, 'delete', post) ? deletion(ctx, post) : ''}`;
}

/** Asks first, without a script: the button is behind another one. */
export function deletion(ctx: PorticoContext, { id, title }: Pick<OwnedPost, 'id' | 'title'>): Markup {
  return html`<details class="ask">
    <summary class="quiet-button">Delete …</summary>
    <p>“${title ?? 'Without a title'}” goes, with its versions. Comments go out of sight with it.</p>
    ${actionButton(ctx, {
      action: 'entries/delete-entry',
      label: 'Delete it',
      values: { entryId: id },
      redirect: '/account/posts',
      successMessage: 'The post is deleted.',
    })}
  </details>`;
}
