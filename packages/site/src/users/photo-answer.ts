import { html } from 'portico/html';
import type { Settings } from '../config.ts';
import { photoUrl } from '../files/photo-url.ts';
import { friendlyName, ownUser, publicUser, type OwnUser, type PublicUser } from './user-view.ts';
import type { User } from './user.ts';

/** What the actions that change a photo answer with. */
export interface PhotoAnswer {
  /** The photo as an `<img>`; empty without one. */
  readonly html: string;
  readonly photoId: string | null;
  readonly photoUrl: string | null;
  /** Users see all of themselves; who changed another's photo sees what anybody may. */
  readonly user: OwnUser | PublicUser;
}

export function photoAnswer(user: User, viewer: User, settings: Settings): PhotoAnswer {
  const { photo } = user;
  return {
    html: imageOf(user),
    photoId: photo?.id ?? null,
    photoUrl: photoUrl(photo),
    user: user.id === viewer.id ? ownUser(user, settings) : publicUser(user),
  };
}

function imageOf(user: User): string {
  const { photo } = user;
  if (photo === null) return '';
  const name = friendlyName(user) ?? '';
  const image = html`<img src="${photoUrl(photo)}" alt="${name}" width="${photo.width}" height="${photo.height}">`;
  return image.toString();
}
