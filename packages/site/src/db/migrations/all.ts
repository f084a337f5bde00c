import * as accounts from './001-accounts.ts';
import * as content from './002-content.ts';
import * as once from './003-once.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. A new one is added at the end; none is ever changed or taken away. */
export const MIGRATIONS: readonly Migration[] = [accounts, content, once];
