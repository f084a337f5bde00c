import type { Context } from 'hono';
import { html } from 'hono/html';
import { ActionError, type PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { actionButton } from '../../components/action-button.ts';
import type { Markup } from '../../components/markup.ts';
import { pageNumber, pager } from '../../components/pager.ts';
import { story, type Story } from '../../components/story.ts';
import { layout } from '../../layout.ts';

const HERE = '/admin/stories';
const ON_A_PAGE = 20;

/** GET /admin/stories?page=: those that nobody has read yet, for moderators. */
export async function waitingStoriesPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  ctx.requireLogin();
  if (!ctx.can('savePeerEntries:stories')) {
    throw new ActionError({
      code: 'FORBIDDEN',
      message: 'This page is for those who look after the stories.',
    });
  }
  const found = await ctx.locals.accounts
    .entries('stories')
    .status('disabled')
    .visibleTo(ctx.user)
    .orderBy('dateCreated', 'desc')
    .page(pageNumber(c.req.query('page')), ON_A_PAGE);
  return c.html(
    layout(ctx, {
      title: 'Stories that wait',
      hasForms: false,
      body: html`<h1>Stories that wait</h1>
        <p class="meta" role="status">${found.total === 1 ? '1 story' : `${found.total} stories`}</p>
        <ul class="cards">${found.entries.map((entry) => story(entry, deeds(ctx, entry)))}</ul>
        ${pager({ ...found, href: (to) => `${HERE}?page=${to}` })}`,
    }),
  );
}

function deeds(ctx: PorticoContext, entry: Story & { readonly version: number }): Markup {
  const { id, version } = entry;
  const of = `the story of ${entry.fields.signedAs ?? 'somebody'}`;
  return html`<div class="buttons">
    ${actionButton(ctx, {
      action: 'entries/save-entry',
      label: 'Publish',
      name: `Publish ${of}`,
      // What was read is what is published: somebody may have changed it since.
      values: { canonicalId: id, version, enabled: 1 },
      once: true,
      redirect: HERE,
      successMessage: 'The story is out.',
      className: 'button',
    })}
    ${actionButton(ctx, {
      action: 'entries/delete-entry',
      label: 'Delete',
      name: `Delete ${of}`,
      values: { entryId: id },
      redirect: HERE,
      successMessage: 'The story is deleted.',
    })}
  </div>`;
}
