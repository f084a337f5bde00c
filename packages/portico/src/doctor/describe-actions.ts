import type { App } from '../request/app-state.ts';
import { describeAction } from './describe/describe-action.ts';
import type { ActionDescription } from './describe/description.ts';

/** Every action of an app, by name. */
export function describeActions(app: App): ActionDescription[] {
  const all = Array.from(app.registry.all.values(), (mounted) => describeAction(app, mounted));
  return all.sort((left, right) => (left.name < right.name ? -1 : 1));
}
