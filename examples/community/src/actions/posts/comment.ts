import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { addComment } from '../../data/comments.ts';
import { rememberMember } from '../../data/members.ts';

/** Controller style: the form names the action in a field, and the page finds the comment back in `ctx.variables`. */
export const comment = defineAction({
  description: 'Says something under a post.',
  accept: 'any',
  once: true,
  access: 'user',
  input: z.object({
    postId: z.string(),
    body: z.string().trim().min(2, 'Say something first.').max(2_000, 'Keep it under 2,000 letters.'),
  }),
  model: 'comment',
  limit: { points: 30, seconds: 600, by: (ctx) => String(ctx.user?.id) },
  messages: { success: 'Comment posted.', failure: 'The comment is not posted yet.' },
  handler: async ({ postId, body }, ctx) => {
    const { db, accounts } = ctx.locals;
    const post = await accounts.entries('posts').where('uid', postId).first();
    if (!post) throw new ActionError({ code: 'NOT_FOUND', message: 'This post is gone.' });
    const id = addComment(db, { postId, body, authorId: rememberMember(db, ctx.user) });
    return { comment: { id, slug: post.slug } };
  },
});
