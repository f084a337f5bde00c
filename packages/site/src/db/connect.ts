import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
} from 'kysely';
import type { ConnectionSource } from './dialects/connection-source.ts';
import { createDriver } from './dialects/driver.ts';
import { postgresSource } from './dialects/postgres.ts';
import { sqliteSource } from './dialects/sqlite.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

export interface Connections {
  readonly kind: DatabaseKind;
  readonly source: ConnectionSource;
  /** For migrations: statements may take their time. The same as `source` where there is one connection only. */
  patientSource(): ConnectionSource;
}

/** `sqlite:path`, `sqlite::memory:` or `postgres://…`. Throws for anything else; opens nothing yet. */
export function connect(url: string): Connections {
  if (/^postgres(?:ql)?:\/\//.test(url)) {
    return {
      kind: 'postgres',
      source: postgresSource(url),
      patientSource: () => postgresSource(url, { patient: true }),
    };
  }
  const path = /^sqlite:(?!\/\/[^/])(.+)$/s.exec(url)?.[1];
  if (path === undefined) throw new Error(unknownDatabase(url));
  const source = sqliteSource(path);
  return { kind: 'sqlite', source, patientSource: () => source };
}

/** Kysely's view of a source. */
export function dialectOf(kind: DatabaseKind, source: ConnectionSource): Dialect {
  if (kind === 'sqlite') {
    return {
      createDriver: () => createDriver(source),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new QueuedSqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    };
  }
  return {
    createDriver: () => createDriver(source),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

// The source queues who wants its connection. Kysely's own queue waits for ever, and stays locked when a database cannot
// be opened.
class QueuedSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function unknownDatabase(url: string): string {
  // The scheme alone: the rest may hold a password.
  const scheme = /^[a-z][a-z+.-]*:/i.exec(url)?.[0];
  return (
    `The database URL ${scheme === undefined ? 'has no scheme' : `begins with ${scheme}`}. ` +
    'Write sqlite:path/to/file.db, sqlite:/absolute/path.db or postgres://user:password@host/database ' +
    '(option database, or DATABASE_URL).'
  );
}
