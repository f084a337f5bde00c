import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { photoAnswer } from '../../users/photo/photo-answer.ts';
import { changePhoto } from '../../users/photo/photo-rules.ts';
import { photoLimits } from '../parts/photo-limits.ts';

/**
 * `POST users/delete-user-photo`: takes a user's photo away, by whoever may upload it too. No error where there is none: it
 * is as wanted then.
 */
export const deleteUserPhoto = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ userId: z.int({ error: 'Say whose photo it is: the ID of a user.' }) }),
    limit: photoLimits(services.settings),
    model: 'user',
    messages: { success: 'Photo deleted.', failure: 'Couldn’t delete photo.' },
    async handler({ userId }, ctx) {
      const editor = currentUser(ctx);
      const user = await changePhoto(services, editor, userId, null);
      return photoAnswer(user, editor, services.settings);
    },
  });
