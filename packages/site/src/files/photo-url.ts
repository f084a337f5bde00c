import { pageUrl } from '../lib/destination.ts';
import type { UserPhoto } from '../users/user.ts';

/**
 * The path a photo is served at; null where there is none. Nobody can guess it, and it never shows another picture: a new
 * photo has a new one.
 */
export function photoUrl(
  settings: { readonly base: string },
  photo: Pick<UserPhoto, 'id'> | null,
): string | null {
  return photo === null ? null : pageUrl(settings, `_portico/photos/${photo.id}.webp`);
}
