import type { Services } from '../../services.ts';
import { suspend } from '../../users/administration/administration.ts';
import { administrationAction } from '../parts/administration-action.ts';

/** `POST users/suspend-user`: keeps a user out and ends all of the user’s sessions. Needs `moderateUsers`; nobody suspends himself. */
export const suspendUser = (services: Services) =>
  administrationAction(services, 'suspend', suspend, {
    success: 'User suspended.',
    failure: 'Couldn’t suspend user.',
  });
