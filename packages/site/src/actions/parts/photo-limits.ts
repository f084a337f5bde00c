import type { LimitOptions } from 'portico';
import type { Settings } from '../../config.ts';
import { currentUser } from '../../users/current-user.ts';

/** How often a photo may be changed: by address, and by who is signed in, whoever's photo it is. */
export function photoLimits({ limits }: Pick<Settings, 'limits'>): readonly LimitOptions[] {
  if (limits.photo === false) return [];
  return [
    { ...limits.photo, by: 'ip' },
    { ...limits.photo, by: (ctx) => `user:${currentUser(ctx).id}` },
  ];
}
