import type { Services } from '../../services.ts';
import { requirePasswordReset as rule } from '../../users/administration/administration.ts';
import { administrationAction } from '../parts/administration-action.ts';

/** `POST users/require-password-reset`: has a user choose another password at the next login, and ends the user’s sessions. Needs `administrateUsers`. */
export const requirePasswordReset = (services: Services) =>
  administrationAction(services, 'requirePasswordReset', rule, {
    success: 'User must reset the password at the next login.',
    failure: 'Couldn’t require a password reset.',
  });
