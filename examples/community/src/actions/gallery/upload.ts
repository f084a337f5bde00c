import { defineAction } from 'portico';
import { z } from 'zod';
import { rememberMember } from '../../data/members.ts';
import { addPicture } from '../../data/pictures.ts';
import { PICTURE_TYPES } from '../../uploads.ts';

/** Bytes. */
export const MAX_PICTURE = 5 * 1024 * 1024;

export const upload = defineAction({
  description: 'Hangs a picture in the gallery.',
  accept: 'form',
  once: true,
  access: 'user',
  input: z.object({
    picture: z
      .file('Choose a picture.')
      .max(MAX_PICTURE, 'A picture may have 5 MB.')
      .mime([...PICTURE_TYPES]),
    caption: z.string().trim().min(3, 'Tell in a few words what we see.').max(140),
  }),
  errors: {
    NO_PICTURE: { status: 422, message: 'This file is no PNG, JPEG, WebP or GIF, whatever its name says.' },
  },
  body: { maxFileBytes: MAX_PICTURE, maxFiles: 1 },
  redirect: '/gallery',
  limit: { points: 30, seconds: 600, by: (ctx) => String(ctx.user?.id) },
  messages: {
    success: 'Your picture hangs in the gallery.',
    failure: 'The picture is not in the gallery yet.',
  },
  handler: async ({ picture, caption }, ctx) => {
    const { db, uploads } = ctx.locals;
    const file = await uploads.keep(picture);
    if (file === undefined) return ctx.fail('NO_PICTURE');
    try {
      addPicture(db, { file, caption, memberId: rememberMember(db, ctx.user) });
    } catch (error) {
      await uploads.remove(file);
      throw error;
    }
    return { url: `/uploads/${file}` };
  },
});
