import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { PhotoError } from '../../files/photos.ts';
import type { Services } from '../../services.ts';
import { currentUser } from '../../users/current-user.ts';
import { photoAnswer } from '../../users/photo/photo-answer.ts';
import { changePhoto } from '../../users/photo/photo-rules.ts';
import { photoLimits } from '../parts/photo-limits.ts';

/**
 * `POST users/upload-user-photo`: gives a user another photo, and deletes the one before. One's own, another user's with
 * `editUsers`, an administrator's as an administrator. Whose it is must always be said.
 */
export const uploadUserPhoto = (services: Services) =>
  defineAction({
    accept: 'form',
    access: 'user',
    input: z.object({
      userId: z.int({ error: 'Say whose photo it is: the ID of a user.' }),
      photo: z.file({ error: 'Choose a picture.' }),
    }),
    limit: photoLimits(services.settings),
    body: { maxFileBytes: services.settings.photos.maxBytes, maxFiles: 1 },
    model: 'user',
    messages: { success: 'Photo saved.', failure: 'Couldn’t save photo.' },
    async handler({ userId, photo }, ctx) {
      const editor = currentUser(ctx);
      const user = await changePhoto(services, editor, userId, photo).catch((error: unknown) => {
        throw error instanceof PhotoError ? uploadError(error) : error;
      });
      return photoAnswer(user, editor, services.settings);
    },
  });

function uploadError(cause: PhotoError): ActionError {
  const message = `There was an error uploading your photo: ${cause.message}`;
  return new ActionError({ code: 'BAD_REQUEST', message, cause });
}
