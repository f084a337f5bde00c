import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { Markup } from '../../components/markup.ts';
import { layout } from '../../layout.ts';
import { signInLink } from '../../sign-in-link.ts';

/**
 * The page that answers whoever has sent a post that cannot be theirs to save: their session has ended, or the post is gone.
 * It gives back what was typed. Else `undefined`.
 */
export function keptWriting(ctx: PorticoContext): Markup | undefined {
  const { actions, entryForm } = ctx.locals.accounts;
  const error = ctx.getActionResult(actions.entries.saveEntry)?.error;
  if (error === undefined || (ctx.user !== null && ![403, 404].includes(error.status))) return undefined;
  const sent = entryForm(ctx, 'posts');
  const [title, body, tags] = ['title', 'fields[body]', 'fields[tags]'].map((name) => sent.field(name).value);
  // A guest is told by the page what is the matter, and that the form has to be sent again is no help here.
  if (ctx.user === null) ctx.flash.all({ delete: true });
  return layout(ctx, {
    title: 'Not saved',
    body: html`<div class="narrow">
      <h1>${ctx.user ? 'There is nothing to save it to' : 'Your session has ended'}</h1>
      <p class="lead">
        Nothing is saved, and nothing is lost: this is what you typed. Copy it,
        ${ctx.user ? html`and <a href="/posts/new">write a new post</a>.` : html`<a href="${signInLink(ctx)}">sign in</a>, and paste it.`}
      </p>
      <section class="conflict" aria-labelledby="typed">
        <h2 id="typed">${title || 'Without a title'}</h2>
        <pre class="written">${body}</pre>
        ${tags && html`<p class="meta">Tags: ${tags}</p>`}
      </section>
    </div>`,
  });
}
