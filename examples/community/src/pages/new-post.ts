import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { form, hiddenInputs } from 'portico/html';
import { server } from '../actions/index.ts';
import { errorBanner } from '../components/error-banner.ts';
import { field } from '../components/field.ts';
import { layout } from '../layout.ts';

/** GET /posts/new, for members. */
export function newPostPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  ctx.requireLogin();
  const post = form(ctx, server.posts.create);
  return c.html(
    layout(ctx, {
      title: 'Write a post',
      body: html`<div class="narrow">
        <h1>Write a post</h1>
        <p class="lead">What came out of the kiln, and what you would do differently.</p>
        <form class="form" method="post" action="${server.posts.create}">
          ${hiddenInputs(post)} ${errorBanner(post)} ${field(post.field('title'), { label: 'Title' })}
          ${field(post.field('body'), {
            label: 'Text',
            hint: 'An empty line begins a new paragraph.',
            type: 'textarea',
            attributes: { rows: 14 },
          })}
          <button class="button">Publish</button>
        </form>
      </div>`,
    }),
  );
}
