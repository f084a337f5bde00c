import { ActionError } from 'portico';

/** The answer to whoever may not, whether or not there is what it was about. */
export function forbidden(): ActionError {
  return new ActionError({ code: 'FORBIDDEN', message: 'User is not authorized to perform this action.' });
}
