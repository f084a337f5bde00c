import { html } from 'hono/html';
import { isActionError, type PorticoContext } from 'portico';
import { publicName } from '../../accounts/public-name.ts';
import { moment } from '../../components/dates.ts';
import type { Markup } from '../../components/markup.ts';
import type { Post } from '../../content/find-posts.ts';

/**
 * What is stored now, where somebody saved the post while it was edited here. What was typed is in the form, whose version is
 * from then on that of what is shown: saving again is done knowingly.
 */
export async function conflict(ctx: PorticoContext, post: Post): Promise<Markup> {
  const { actions, queries } = ctx.locals.accounts;
  const error: unknown = ctx.getActionResult(actions.entries.saveEntry)?.error;
  // Other conflicts have nothing to show, as that of a form that was sent before with other values.
  if (!isActionError(error) || error.code !== 'CONFLICT' || error.data === undefined) return '';
  const { revisions } = await queries.revisions.list(post.id, { limit: 1 });
  const creator = revisions[0]?.creator;
  return html`<section class="conflict" aria-labelledby="conflict">
    <h2 id="conflict">Somebody was faster</h2>
    <p>${creator ? publicName(creator) : 'Somebody'} saved this post on ${moment(post.dateUpdated)}, while you were writing.
    Nothing of yours is lost: it is in the form below. Take over what you want to keep of this, and save again. Then yours
    takes the place of this.</p>
    <h3>${post.title}</h3>
    <pre class="written">${post.fields.body}</pre>
    ${post.fields.tags.length === 0 ? '' : html`<p class="meta">Tags: ${post.fields.tags.map(({ title }) => title).join(', ')}</p>`}
  </section>`;
}
