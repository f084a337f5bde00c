import type { Context } from 'hono';
import { html } from 'hono/html';
import { ActionError } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { layout } from '../../layout.ts';
import { keptWriting } from './kept-writing.ts';
import { postForm } from './post-form.ts';

/** GET /posts/new, for members. */
export function newPostPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const kept = keptWriting(ctx);
  if (kept !== undefined) return c.html(kept);
  ctx.requireLogin();
  if (!ctx.locals.accounts.may(ctx, 'create', 'posts'))
    throw new ActionError({ code: 'FORBIDDEN', message: 'Your account may not write posts.' });
  return c.html(
    layout(ctx, {
      title: 'Write a post',
      body: html`<div class="narrow">
        <h1>Write a post</h1>
        <p class="lead">What came out of the kiln, and what you would do differently.</p>
        ${postForm(ctx, { cover: undefined, tags: [], publish: 'Publish' })}
      </div>`,
    }),
  );
}
