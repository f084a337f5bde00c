import { html } from 'portico/html';
import type { Settings } from '../../config.ts';
import { photoUrl } from '../../files/photo-url.ts';
import { friendlyName, ownUser, publicUser, type OwnUser, type PublicUser } from '../user-view.ts';
import type { User } from '../user.ts';

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
  const url = photoUrl(settings, photo);
  return {
    html: imageOf(user, url),
    photoId: photo?.id ?? null,
    photoUrl: url,
    user: user.id === viewer.id ? ownUser(user, settings) : publicUser({ ...user, photoUrl: url }),
  };
}

function imageOf(user: User, url: string | null): string {
  const { photo } = user;
  if (photo === null) return '';
  const name = friendlyName(user) ?? '';
  const image = html`<img src="${url}" alt="${name}" width="${photo.width}" height="${photo.height}">`;
  return image.toString();
}
