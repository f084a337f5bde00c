import type { PorticoContext } from 'portico';
import { actionButton } from './action-button.ts';
import type { Markup } from './markup.ts';

/** Posted to the action's own page: an error page may show the button, too, and is no page to post to. */
export function signOutButton(ctx: PorticoContext, className = 'quiet-button'): Markup {
  return actionButton(ctx, {
    action: 'users/logout',
    label: 'Sign out',
    page: '/logout',
    successMessage: 'You are signed out.',
    className,
  });
}
