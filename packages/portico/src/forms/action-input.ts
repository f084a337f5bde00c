import type { AnyAction } from '../define/action.ts';
import { controllerName } from './controller-path.ts';
import { hiddenInput } from './inputs.ts';
import type { SafeHtml } from './safe-html.ts';

/**
 * The hidden input that says which action a form is for, where the form is posted to its own page:
 * `actionInput('users/save-user')` or `actionInput(server.users.saveUser)`. `name` is the app's `actionParam`. Throws for an
 * action that no app has mounted.
 */
export function actionInput(action: AnyAction | string, options: { readonly name?: string } = {}): SafeHtml {
  return hiddenInput(options.name ?? 'action', controllerName(action));
}
