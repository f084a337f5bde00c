import type { Context } from 'hono';
import { html } from 'hono/html';
import { ActionError, isActionError, type PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, hiddenInputs } from 'portico/html';
import { actionButton } from '../../components/action-button.ts';
import { pathOf } from '../../components/entry-link.ts';
import { errorBanner } from '../../components/error-banner.ts';
import { checkbox, field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { helpFor, type HelpPage } from '../../data/help.ts';
import { layout } from '../../layout.ts';
import { parentOptions } from './parent-options.ts';

/** GET /admin/help/new?parent= and /admin/help/:id, for those who look after the help. */
export async function editHelpPage(c: Context<PorticoEnv, '/admin/help/:id'>): Promise<Response> {
  const ctx = c.var.portico;
  ctx.requireLogin();
  if (!ctx.can('saveEntries:help') || !ctx.can('createEntries:help')) {
    throw new ActionError({
      code: 'FORBIDDEN',
      message: 'This page is for those who look after the help.',
    });
  }
  const pages = await helpFor(ctx).all();
  const id = c.req.param('id');
  const page = pages.find((one) => String(one.id) === id);
  if (page === undefined && id !== 'new') return c.notFound();
  const parentId = page ? page.parentId : Number(c.req.query('parent')) || null;
  const title = page ? `Edit “${page.title}”` : 'New page';
  return c.html(
    layout(ctx, {
      title,
      body: html`<div class="narrow">
        <p class="meta">
          <a href="${page ? pathOf(page) : '/help'}">Back to the ${page ? 'page' : 'help'}</a>
        </p>
        <h1>${title}</h1>
        ${isConflict(ctx) ? html`<p class="note">Somebody saved this page while you were writing: <a href="${page ? pathOf(page) : '/help'}">see what it is like now</a>. What you wrote is in the form; saving it once more puts it in the place of theirs.</p>` : ''}
        ${pageForm(ctx, { page, parentId, pages })} ${page ? deletion(ctx, page, pages) : ''}
      </div>`,
    }),
  );
}

function isConflict(ctx: PorticoContext): boolean {
  const error: unknown = ctx.getActionResult(ctx.locals.accounts.actions.entries.saveEntry)?.error;
  return isActionError(error) && error.code === 'CONFLICT' && error.data !== undefined;
}

interface Editing {
  readonly page: HelpPage | undefined;
  readonly parentId: number | null;
  readonly pages: readonly HelpPage[];
}

function pageForm(ctx: PorticoContext, { page, parentId, pages }: Editing): Markup {
  const edited = ctx.locals.accounts.entryForm(ctx, 'help', {
    ...(page && { entry: page }),
    values: { enabled: page?.enabled ?? true, parentId: parentId === null ? '' : String(parentId) },
    redirect: '{url}',
    successMessage: 'The page is saved.',
    failMessage: 'The page is not saved yet: see the form.',
  });
  const parent = edited.field('parentId');
  return html`<form class="form" ${attributes(edited.attributes)}>
    ${hiddenInputs(edited)} ${errorBanner(edited)}
    ${field(edited.field('title'), { label: 'Title', attributes: { required: true } })}
    ${field(
      { ...parent, options: parentOptions(pages, page, String(parent.value)) },
      { label: 'Stands below', hint: 'What is below a page moves along with it.' },
    )}
    ${field(edited.field('fields[body]'), {
      label: 'Text',
      hint: 'Markdown: **bold**, *slanted*, [a link](https://example.org), a list by dashes.',
      type: 'textarea',
      attributes: { rows: 18 },
    })}
    ${field(edited.field('slug'), {
      label: 'Name in the address',
      hint: 'Left empty, it is made of the title.',
      attributes: { autocapitalize: 'none', spellcheck: 'false' },
    })}
    ${checkbox(edited.field('enabled'), 'Everybody may see it')}
    ${page === undefined ? '' : field(edited.field('notes'), { label: 'What did you change?', hint: 'Kept with the version.' })}
    <button class="button">Save the page</button>
  </form>`;
}

function deletion(ctx: PorticoContext, page: HelpPage, pages: readonly HelpPage[]): Markup {
  if (!ctx.can('deletePeerEntries:help')) return '';
  const below = pages.filter(({ parentId }) => parentId === page.id).length;
  return html`<section class="apart" aria-labelledby="delete">
    <h2 id="delete">Delete the page</h2>
    <p>${below === 0 ? 'Nothing is below it.' : `What is below it (${below}) moves up to where it was.`}</p>
    ${actionButton(ctx, {
      action: 'entries/delete-entry',
      label: 'Delete the page',
      values: { entryId: page.id },
      redirect: '/help',
      successMessage: 'The page is deleted.',
    })}
  </section>`;
}
