import type { Services } from '../../services.ts';
import { unsuspend } from '../../users/administration/administration.ts';
import { administrationAction } from '../parts/administration-action.ts';

/** `POST users/unsuspend-user`: lets a suspended user in again. Needs `moderateUsers`. */
export const unsuspendUser = (services: Services) =>
  administrationAction(services, 'unsuspend', unsuspend, {
    success: 'User unsuspended.',
    failure: 'Couldn’t unsuspend user.',
  });
