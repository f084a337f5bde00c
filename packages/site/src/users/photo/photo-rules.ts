import { ActionError } from 'portico';
import type { Settings } from '../../config.ts';
import type { Stores } from '../../database.ts';
import { PhotoError } from '../../files/photos.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { notFound } from '../administration/manage-user.ts';
import { hasPermission } from '../permissions/permissions.ts';
import type { User, UserPhoto } from '../user.ts';

/**
 * Gives a user another photo, or with `file` null takes the one there is. Returns the user as stored then.
 *
 * One's own photo anyone may change, another user's who may edit users, an administrator's only administrators. Throws 403
 * for all others, who do not learn whether there is such a user, 404 for an id that is nobody's, and `PhotoError`.
 */
export async function changePhoto(
  services: Pick<Services, 'database' | 'photos' | 'settings' | 'now'>,
  editor: User,
  userId: number,
  file: File | null,
): Promise<User> {
  const { database, photos, settings, now } = services;
  mustBeEditor(editor, userId, settings);
  mustBeEditable(await database.users.find(userId), editor);
  const photo = file === null ? null : await photos.prepare(file);
  return database.transaction(async (stores) => {
    // Asked again: editor and user may have other rights, or be gone, by the time the picture is ready.
    const user = await stores.users.lock(userId);
    const current = userId === editor.id ? user : await stores.users.find(editor.id);
    if (current?.credentialsVersion !== editor.credentialsVersion) throw loggedOut();
    mustBeEditor(current, userId, settings);
    return replacePhoto(stores, mustBeEditable(user, current), photo, now());
  });
}

/**
 * Puts `photo` (from `Photos.prepare`; null for none) in the place of the user's photo, whose file is deleted soon after.
 * Returns the user as stored then. To be called within a transaction, with the user as locked in it.
 *
 * Throws 409 `CONFLICT` where the prepared file was given up in the meantime.
 */
export async function replacePhoto(
  stores: Pick<Stores, 'users' | 'discardedFiles'>,
  user: User,
  photo: UserPhoto | null,
  now: number,
): Promise<User> {
  if (photo === null && user.photo === null) return user;
  if (photo !== null && !(await stores.discardedFiles.keep(photo.storageKey))) {
    throw new ActionError({
      code: 'CONFLICT',
      message: 'Saving took too long, and the photo is gone again. Please send it once more.',
    });
  }
  if (user.photo !== null) await stores.discardedFiles.discard(user.photo.storageKey, now);
  return stores.users.update(user.id, { photo }, now);
}

/** `photos.prepare` for a form with a field `photo`: what is wrong with the picture becomes an input error there. */
export async function preparePhoto(photos: Services['photos'], file: File): Promise<UserPhoto> {
  try {
    return await photos.prepare(file);
  } catch (error) {
    if (error instanceof PhotoError) throw inputErrors({ photo: error.message });
    throw error;
  }
}

function mustBeEditor(editor: User, userId: number, settings: Settings): void {
  if (userId === editor.id || hasPermission(editor, settings, 'editUsers')) return;
  throw new ActionError({
    code: 'FORBIDDEN',
    message: 'User is not authorized to perform this action.',
    data: { reason: 'forbidden' },
  });
}

function mustBeEditable(target: User | undefined, editor: User): User {
  if (target === undefined) throw notFound();
  if (!target.admin || editor.admin || target.id === editor.id) return target;
  throw new ActionError({
    code: 'FORBIDDEN',
    message: 'Only an administrator can change the photo of an administrator.',
    data: { reason: 'admin-target' },
  });
}

function loggedOut(): ActionError {
  return new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
}
