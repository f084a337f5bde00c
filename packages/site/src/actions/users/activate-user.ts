import type { Services } from '../../services.ts';
import { activate } from '../../users/administration/administration.ts';
import { administrationAction } from '../parts/administration-action.ts';

/** `POST users/activate-user`: lets an account in and vouches for its e-mail address. Needs `administrateUsers`. */
export const activateUser = (services: Services) =>
  administrationAction(services, 'activate', activate, {
    success: 'User activated.',
    failure: 'Couldn’t activate user.',
  });
