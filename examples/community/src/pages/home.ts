import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { day } from '../components/dates.ts';
import { likeButton } from '../components/like-button.ts';
import { newsletterForm } from '../components/newsletter-form.ts';
import { pot } from '../components/pot.ts';
import { excerpt } from '../components/prose.ts';
import { listPosts, type Post } from '../data/posts.ts';
import { layout } from '../layout.ts';
import type { Markup } from '../components/markup.ts';
import type { PorticoContext } from 'portico';

/** GET / */
export function homePage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const posts = listPosts(ctx.locals.db, ctx.user?.uid);
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
            ${posts.map((post) => entry(ctx, post))}
          </ol>
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

function entry(ctx: PorticoContext, post: Post): Markup {
  return html`<li class="entry">
    <a class="entry-pot" href="/posts/${post.slug}" tabindex="-1" aria-hidden="true">${pot(post.slug)}</a>
    <div>
      <p class="meta">${day(post.createdAt)} · ${post.author}</p>
      <h3><a href="/posts/${post.slug}">${post.title}</a></h3>
      <p>${excerpt(post.body)}</p>
      <div class="entry-tools">
        ${likeButton(ctx, post)}
        <a class="meta" href="/posts/${post.slug}#comments">${commentCount(post.comments)}</a>
      </div>
    </div>
  </li>`;
}

function commentCount(count: number): string {
  return count === 0 ? 'No comments yet' : count === 1 ? '1 comment' : `${count} comments`;
}
