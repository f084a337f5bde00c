import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { authorName } from '../accounts/public-name.ts';
import { cover } from '../components/cover.ts';
import { day } from '../components/dates.ts';
import { pathOf } from '../components/entry-link.ts';
import { likeButton } from '../components/like-button.ts';
import { plainText } from '../components/markdown.ts';
import type { Markup } from '../components/markup.ts';
import { newsletterForm } from '../components/newsletter-form.ts';
import { pageNumber, pager } from '../components/pager.ts';
import { pot } from '../components/pot.ts';
import { excerpt } from '../components/prose.ts';
import { listPosts, type Post } from '../content/find-posts.ts';
import { reactionsTo, type Reactions } from '../data/reactions.ts';
import { layout } from '../layout.ts';
import type { PorticoContext } from 'portico';

const ON_A_PAGE = 10;

/** GET /?page= */
export async function homePage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const { entries, page, pages } = await listPosts(ctx, pageNumber(c.req.query('page')), ON_A_PAGE);
  if (page > pages) return c.notFound();
  const uids = entries.map(({ uid }) => uid);
  const reactions = reactionsTo(ctx.locals.db, uids, ctx.user?.uid);
  return c.html(
    layout(ctx, {
      title: 'Saltglaze',
      description: 'A shared pottery studio: what we fire, what we break, and what stands on the shelf.',
      body: html`<section class="hero">
          <h1>Forty people, <br />one salt kiln.</h1>
          <p class="lead">We share the wheels, the firings and the blame. This is the journal of what came out.</p>
          ${ctx.user ? '' : html`<p class="hero-join"><a class="button" href="/register">Join the studio</a></p>`}
          <div class="ledge" aria-hidden="true">${['tall bottle', 'salt jar', 'wide bowl', 'first jug', 'small cup', 'old crock'].map((name) => pot(name))}</div>
        </section>
        <section aria-labelledby="journal">
          <div class="heading-row">
            <h2 id="journal">Journal</h2>
            <a class="button" href="/posts/new">Write a post</a>
          </div>
          <ol class="posts">
            ${entries.map((post) => entry(ctx, post, reactions(post.uid)))}
          </ol>
          ${pager({ page, pages, href: (to) => (to === 1 ? '/' : `/?page=${to}`) })}
        </section>
        <section class="letter" aria-labelledby="letter">
          <div>
            <h2 id="letter">One letter, once a month</h2>
            <p>The firing calendar, what is new on the shelf, and one glaze recipe that worked. No pictures of sunsets.</p>
          </div>
          ${newsletterForm(ctx, 'front')}
        </section>`,
    }),
  );
}

function entry(ctx: PorticoContext, post: Post, reactions: Reactions): Markup {
  const [picture] = post.fields.cover;
  const path = pathOf(post);
  return html`<li class="entry">
    <a class="entry-pot" href="${path}" tabindex="-1" aria-hidden="true"
      >${picture === undefined ? pot(post.slug ?? '') : cover(picture, '')}</a
    >
    <div>
      <p class="meta">${post.postDate && day(post.postDate)} · ${authorName(post.authors)}</p>
      <h3><a href="${path}">${post.title}</a></h3>
      <p>${excerpt(plainText(post.fields.body ?? ''))}</p>
      <div class="entry-tools">
        ${likeButton(ctx, post, reactions)}
        <a class="meta" href="${path}#comments">${commentCount(reactions.comments)}</a>
      </div>
    </div>
  </li>`;
}

function commentCount(count: number): string {
  return count === 0 ? 'No comments yet' : count === 1 ? '1 comment' : `${count} comments`;
}
