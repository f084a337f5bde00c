import { defineAction } from 'portico';
import { z } from 'zod';
import { rememberMember } from '../../data/members.ts';
import { addPost } from '../../data/posts.ts';

export const create = defineAction({
  accept: 'form',
  access: 'user',
  input: z.object({
    title: z.string().trim().min(3, 'A title needs at least three letters.').max(120),
    body: z.string().trim().min(20, 'Write a little more: twenty letters at least.').max(20_000),
  }),
  redirect: '/posts/{slug}',
  messages: { success: 'Your post is out.', failure: 'The post is not saved yet.' },
  handler: (input, ctx) => {
    const { db } = ctx.locals;
    return addPost(db, { ...input, authorId: rememberMember(db, ctx.user) });
  },
});
