import type { Settings } from '../context/settings.ts';
import type { AnyAction } from '../define/action.ts';
import { actionName, controllerSpelling } from '../define/action-name.ts';
import { isAction } from '../define/define-action.ts';

/** An action as the controller doors spell it: `users/save-user`. A text is taken as it is. Throws where it has no name yet. */
export function controllerName(action: AnyAction | string): string {
  if (!isAction(action)) return String(action).replace(/^\/+|\/+$/g, '');
  return controllerSpelling(actionName(action));
}

/**
 * The path (and query, where the path door is off) at which an action answers: `/shop/actions/users/save-user`. Throws
 * where both controller doors are off.
 */
export function controllerPath(settings: Settings, action: AnyAction | string): string {
  const { base, actionTrigger, actionParam } = settings;
  const name = controllerName(action);
  if (actionTrigger !== false) return `${base}/${actionTrigger}/${name}`;
  if (actionParam !== false) return `${base}/?${new URLSearchParams({ [actionParam]: name }).toString()}`;
  throw new Error(
    `The action ${name} has no URL of its own: actionTrigger and actionParam are both false. Set one of them, or use the ` +
      'action’s path (its RPC URL).',
  );
}
