import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLTagStore } from 'node:sqlite';
import { migrate } from './schema.ts';
import { seed } from './seed.ts';

/** What the functions of this folder take first. */
export interface Database {
  /** Runs SQL as a tagged template: values are bound, never pasted in, and statements are prepared once and kept. */
  readonly sql: SQLTagStore;
  /** All of `work`, or nothing of it. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens `community.db` in a folder, makes it where there is none, and brings its tables up to date. */
export function openDatabase(folder: string): Database {
  mkdirSync(folder, { recursive: true });
  const connection = new DatabaseSync(join(folder, 'community.db'), {
    enableForeignKeyConstraints: true,
    // Milliseconds to wait for another process that is writing: a restart overlaps with the old one for a moment.
    timeout: 5_000,
  });
  // With a write-ahead log, readers do not wait for a writer, and a killed process loses nothing that was committed.
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const database: Database = {
    sql: connection.createTagStore(),
    transaction(work) {
      connection.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => connection.close(),
  };
  // In one transaction: whoever is killed while setting up begins again from nothing.
  database.transaction(() => {
    if (migrate(connection) === 0) seed(database);
  });
  return database;
}

/** Whether an error says that a value is there already which may be there once only. */
export function isDuplicate(error: unknown): boolean {
  // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY, https://sqlite.org/rescode.html
  return error instanceof Error && 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555);
}
