import type { Context } from 'hono';
import { html } from 'hono/html';
import type { AssetRecord, EntryFormOptions, EntryRecord } from '@portico/site';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { actionButton } from '../../components/action-button.ts';
import { moment } from '../../components/dates.ts';
import { pathOf } from '../../components/entry-link.ts';
import { statusBadge } from '../../components/status-badge.ts';
import type { Post } from '../../content/find-posts.ts';
import { layout } from '../../layout.ts';
import { conflict } from './conflict.ts';
import { changeablePost } from './changeable-post.ts';
import { keptWriting } from './kept-writing.ts';
import { postForm } from './post-form.ts';
import { deletion } from './post-tools.ts';

/** GET /posts/:id/edit, for the author and for moderators. It begins with one's own draft of the post, if there is one. */
export async function editPostPage(c: Context<PorticoEnv, '/posts/:id/edit'>): Promise<Response> {
  const ctx = c.var.portico;
  const kept = keptWriting(ctx);
  if (kept !== undefined) return c.html(kept);
  const user = ctx.requireLogin();
  const post = await changeablePost(ctx, c.req.param('id'));
  if (!post) return c.notFound();
  const { queries } = ctx.locals.accounts;
  const isNew = post.status === 'draft';
  const draft = isNew ? undefined : await queries.drafts.find(post.id, user.id);
  const begun = draft === undefined ? ofPost(post) : await ofDraft(ctx, draft.entry);
  return c.html(
    layout(ctx, {
      title: `Edit: ${post.title ?? 'a draft'}`,
      body: html`<div class="narrow">
        <h1>${isNew ? 'Go on with a draft' : 'Edit the post'}</h1>
        <p class="meta">
          ${statusBadge(post.status)}
          ${isNew ? 'Nobody else sees it yet.' : html`<a href="${pathOf(post)}">${post.title}</a>`}
        </p>
        ${
          draft &&
          html`<div class="note">
            <p>These are changes that you have not published, from ${moment(draft.dateUpdated)}.
            ${draft.outdated ? 'The post was saved since you began them: publishing puts yours in its place.' : ''}</p>
            ${actionButton(ctx, {
              action: 'entries/delete-entry',
              label: 'Discard the changes',
              values: { entryId: post.id, provisional: 1 },
              redirect: `/posts/${post.id}/edit`,
              successMessage: 'Your changes are discarded.',
            })}
          </div>`
        }
        ${await conflict(ctx, post)} ${postForm(ctx, { ...begun, publish: isNew || draft ? 'Publish' : 'Save' })}
        ${isNew ? html`<div class="more">${deletion(ctx, post)}</div>` : ''}
      </div>`,
    }),
  );
}

interface Begun {
  readonly entry: EntryFormOptions['entry'];
  readonly cover: AssetRecord | undefined;
  readonly tags: readonly string[];
}

function ofPost(post: Post): Begun {
  const { cover, tags } = post.fields;
  return { entry: post, cover: cover[0], tags: titlesOf(tags) };
}

/** What a draft names is there as ids only. */
async function ofDraft({ locals }: PorticoContext, entry: EntryRecord): Promise<Begun> {
  const { queries, entries } = locals.accounts;
  const tagIds = numbers(entry.fields['tags']);
  const [covers, found] = await Promise.all([
    queries.assets.findMany(numbers(entry.fields['cover'])),
    entries('tags').status('any').where('id', 'in', tagIds).all(),
  ]);
  const tags = tagIds.flatMap((id) => found.find((tag) => tag.id === id) ?? []);
  return { entry, cover: covers[0], tags: titlesOf(tags) };
}

function titlesOf(tags: ReadonlyArray<{ readonly title: string | null }>): readonly string[] {
  return tags.map(({ title }) => title ?? '');
}

function numbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}
