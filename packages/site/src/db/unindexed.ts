import { sql, type RawBuilder } from 'kysely';
import type { DatabaseKind } from './connect.ts';

/**
 * Before a column: SQLite, which knows nothing of how often a value occurs, is not to choose an index for this condition.
 * PostgreSQL knows, and chooses itself.
 */
export function unindexed(kind: DatabaseKind): RawBuilder<unknown> {
  return kind === 'sqlite' ? sql.raw('+') : sql``;
}
