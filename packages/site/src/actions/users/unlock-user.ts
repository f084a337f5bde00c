import type { Services } from '../../services.ts';
import { unlock } from '../../users/administration/administration.ts';
import { administrationAction } from '../parts/administration-action.ts';

/** `POST users/unlock-user`: ends a lockout before its time. Needs `moderateUsers`; nobody unlocks himself, nor the account he impersonates from. */
export const unlockUser = (services: Services) =>
  administrationAction(services, 'unlock', unlock, {
    success: 'User unlocked.',
    failure: 'Couldn’t unlock user.',
  });
