import type { Settings } from '../config.ts';
import { photoUrl } from '../files/photo-url.ts';
import type { User } from './user.ts';
import { publicUser, type PublicUser } from './user-view.ts';

/** A stored user as anybody may see it. */
export function shownUser(user: User, settings: Pick<Settings, 'base'>): PublicUser {
  return publicUser({ ...user, photoUrl: photoUrl(settings, user.photo) });
}
