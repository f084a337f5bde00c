import type { Settings } from '../context/settings.ts';
import type { Definition } from '../define/action.ts';
import type { Components } from './components.ts';

/** One action while it is described. */
export interface Described {
  readonly name: string;
  readonly definition: Definition;
  readonly settings: Settings;
  readonly components: Components;
  /** The name as an identifier: `users.saveUser` is `UsersSaveUser`. */
  readonly title: string;
  /** The same for ids of operations: `users_saveUser`. */
  readonly id: string;
  readonly tag: string | undefined;
  /** Names of the schemes by which a caller may sign in beside the session. */
  readonly schemes: readonly string[];
}
