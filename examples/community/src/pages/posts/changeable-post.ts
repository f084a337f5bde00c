import { ActionError, type PorticoContext } from 'portico';
import { findPostById, type Post } from '../../content/find-posts.ts';

/** The post of an id, for those who may change it. Throws 403 for others who see it; whoever does not finds nothing. */
export async function changeablePost(ctx: PorticoContext, id: string): Promise<Post | undefined> {
  const post = await findPostById(ctx, id);
  if (post !== undefined && !ctx.locals.accounts.may(ctx, 'save', post))
    throw new ActionError({ code: 'FORBIDDEN', message: 'This is for the author of the post.' });
  return post;
}
