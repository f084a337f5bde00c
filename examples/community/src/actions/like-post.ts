import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { setLike } from '../data/likes.ts';
import { rememberMember } from '../data/members.ts';

/** Likes a post, or takes that back, and answers with how many like it now. A typed call, and a plain form button. */
export const likePost = defineAction({
  description: 'Likes a post, or takes that back, and says how many like it now.',
  accept: 'any',
  input: z.object({ postId: z.string(), liked: z.boolean().default(true) }),
  handler: async ({ postId, liked }, ctx): Promise<number> => {
    // In the handler rather than by `access: 'user'`: the answer says what a member could do here.
    if (!ctx.user) throw new ActionError({ code: 'UNAUTHORIZED', message: 'Sign in to like a post.' });
    const { db, accounts } = ctx.locals;
    const isThere = await accounts.entries('posts').where('uid', postId).exists();
    if (!isThere) throw new ActionError({ code: 'NOT_FOUND', message: 'This post is gone.' });
    return setLike(db, postId, rememberMember(db, ctx.user), liked);
  },
});
