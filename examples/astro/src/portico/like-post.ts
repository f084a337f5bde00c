import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { findPost } from '../data/posts.ts';

export const likePost = defineAction({
  input: z.object({ postId: z.string() }),
  handler: async ({ postId }, ctx) => {
    // As the guide has it: whoever makes up such a cookie may like. What is proven is `ctx.user`.
    if (!ctx.cookies.has('user-session')) {
      throw new ActionError({ code: 'UNAUTHORIZED', message: 'User must be logged in.' });
    }
    const post = findPost(postId);
    if (!post) throw new ActionError({ code: 'NOT_FOUND' });
    return ++post.likes;
  },
});

/** The same by a form, for React: whoever reads may react. */
export const reactToPost = defineAction({
  accept: 'form',
  input: z.object({ postId: z.string(), reaction: z.enum(['👍', '🎉', '🚀']) }),
  handler: async ({ postId, reaction }) => {
    const post = findPost(postId);
    if (!post) throw new ActionError({ code: 'NOT_FOUND', message: 'There is no such post.' });
    post.reactions.push(reaction);
    return { postId, count: post.reactions.length, reaction };
  },
});
