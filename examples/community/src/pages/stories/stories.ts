import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, hiddenInputs } from 'portico/html';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { pageNumber, pager } from '../../components/pager.ts';
import { story } from '../../components/story.ts';
import { layout } from '../../layout.ts';

const ON_A_PAGE = 20;

/** GET /stories?page=: what visitors have told, and a form to tell another. */
export async function storiesPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const found = await ctx.locals.accounts.entries('stories').page(pageNumber(c.req.query('page')), ON_A_PAGE);
  if (found.page > found.pages) return c.notFound();
  return c.html(
    layout(ctx, {
      title: 'Stories',
      description: 'What became of our pots: told by those who took them home.',
      body: html`<div class="narrow">
        <div class="heading-row">
          <h1>Stories</h1>
          ${ctx.can('viewPeerEntries:stories') ? html`<a class="quiet-button" href="/admin/stories">Those that wait</a>` : ''}
        </div>
        <p class="lead">A jug goes home with somebody, and then? Told by those who know.</p>
        ${found.total === 0 ? html`<p class="empty-list">Nobody has told anything yet.</p>` : ''}
        <ul class="cards">${found.entries.map((entry) => story(entry))}</ul>
        ${pager({ ...found, href: (to) => (to === 1 ? '/stories' : `/stories?page=${to}`) })}
        <section class="apart" aria-labelledby="tell">
          <h2 id="tell">Tell yours</h2>
          ${storyForm(ctx)}
        </section>
      </div>`,
    }),
  );
}

/** For everybody: the section takes entries of guests, and members may make some. */
function storyForm(ctx: PorticoContext): Markup {
  const told = ctx.locals.accounts.entryForm(ctx, 'stories', {
    redirect: '/stories',
    successMessage: 'Thank you. It will stand here as soon as one of us has read it.',
    failMessage: 'Your story is not sent yet: see the form.',
  });
  return html`<form class="form" ${attributes(told.attributes)}>
    ${hiddenInputs(told)} ${errorBanner(told)}
    ${field(told.field('fields[body]'), {
      label: 'Your story',
      hint: 'At most 2,000 letters.',
      type: 'textarea',
      attributes: { rows: 6 },
    })}
    ${field(told.field('fields[signedAs]'), {
      label: 'Your name, or what you would like us to print',
      attributes: { autocomplete: 'name' },
    })}
    ${field(told.field('fields[town]'), { label: 'Town', attributes: { autocomplete: 'address-level2' } })}
    <button class="button">Send it</button>
  </form>`;
}
