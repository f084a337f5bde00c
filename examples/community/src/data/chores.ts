import type { Database } from './database.ts';

/** Whether something that a migration has left to do is still to be done. */
export function isWaiting({ sql }: Database, chore: string): boolean {
  return sql.get`SELECT 1 FROM chores WHERE name = ${chore}` !== undefined;
}

export function isDone({ sql }: Database, chore: string): void {
  sql.run`DELETE FROM chores WHERE name = ${chore}`;
}
