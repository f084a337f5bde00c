import type { Services } from '../../services.ts';
import { removePasswordResetRequirement as rule } from '../../users/administration/administration.ts';
import { administrationAction } from '../parts/administration-action.ts';

/** `POST users/remove-password-reset-requirement`: takes that back. Needs `administrateUsers`. */
export const removePasswordResetRequirement = (services: Services) =>
  administrationAction(services, 'removePasswordResetRequirement', rule, {
    success: 'User need not reset the password any more.',
    failure: 'Couldn’t remove the password reset requirement.',
  });
