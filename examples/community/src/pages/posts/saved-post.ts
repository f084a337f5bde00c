import type { Context } from 'hono';
import type { PorticoEnv } from 'portico/hono';
import { pathOf } from '../../components/entry-link.ts';
import { findPostById } from '../../content/find-posts.ts';

/** GET /posts/:id/saved: on to where a post can be seen, and where it is a draft to where it is written. */
export async function savedPostPage(c: Context<PorticoEnv, '/posts/:id/saved'>): Promise<Response> {
  const ctx = c.var.portico;
  const user = ctx.requireLogin();
  const post = await findPostById(ctx, c.req.param('id'));
  if (!post) return c.notFound();
  const draft = await ctx.locals.accounts.queries.drafts.find(post.id, user.id);
  return c.redirect(draft === undefined ? pathOf(post) : `/posts/${post.id}/edit`, 303);
}
