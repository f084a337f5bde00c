import type { LimitOptions } from 'portico';
import type { Settings } from '../../config.ts';
import { currentUser } from '../../users/current-user.ts';

/** Of what makes or changes entries: so many by one user. */
export function entryLimits({ limits }: Pick<Settings, 'limits'>): readonly LimitOptions[] {
  if (limits.entries === false) return [];
  return [{ ...limits.entries, by: (ctx) => `user:${currentUser(ctx).id}` }];
}
