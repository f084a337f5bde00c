import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { outage } from '../outage.ts';
import type { ConnectionSource, SqlConnection } from './connection-source.ts';

/**
 * Kysely's driver over a source of connections. The one place where a database out of reach becomes an `ActionError`
 * `SERVICE_UNAVAILABLE`, for statements as for begin and commit; every other error passes as it is.
 */
export function createDriver(source: ConnectionSource): Driver {
  return {
    async init() {},
    async acquireConnection() {
      const connection = await source.open().catch((error: unknown) => {
        throw outage(error);
      });
      return new HeldConnection(connection, source);
    },
    async beginTransaction(connection) {
      await held(connection).run(source.begin);
    },
    async commitTransaction(connection) {
      await held(connection).run('commit');
    },
    async rollbackTransaction(connection) {
      await held(connection).rollback();
    },
    async releaseConnection(connection) {
      held(connection).release();
    },
    async destroy() {
      await source.close();
    },
  };
}

class HeldConnection implements DatabaseConnection {
  readonly #connection: SqlConnection;
  readonly #source: ConnectionSource;
  #loss: unknown;

  constructor(connection: SqlConnection, source: ConnectionSource) {
    this.#connection = connection;
    this.#source = source;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affected } = await this.run(sql, parameters.map(storable));
    return { rows: rows as Row[], numAffectedRows: BigInt(affected) };
  }

  async run(sql: string, parameters: readonly unknown[] = []): ReturnType<SqlConnection['run']> {
    // A transaction that lost its connection was undone: what comes after must not be done on its own.
    if (this.#loss !== undefined) throw outage(this.#loss);
    try {
      return await this.#connection.run(sql, parameters);
    } catch (error) {
      if (!this.#source.isOutage(error)) throw error;
      this.#loss = error;
      throw outage(error);
    }
  }

  async rollback(): Promise<void> {
    // Where there is no connection any more the database has rolled back by itself, and closing does it otherwise. The
    // error that led here is the one to be told.
    if (this.#loss !== undefined) return;
    await this.run('rollback').catch((error: unknown) => {
      this.#loss ??= error;
    });
  }

  release(): void {
    this.#connection.release(this.#loss !== undefined);
  }

  streamQuery(): never {
    throw new Error('Streaming is not offered: read in pages.');
  }
}

function held(connection: DatabaseConnection): HeldConnection {
  if (connection instanceof HeldConnection) return connection;
  throw new TypeError('This connection belongs to another driver.');
}

/**
 * Half a surrogate pair is no text in UTF-8, nor NUL in PostgreSQL: they become U+FFFD on every database, as in HTML, so that
 * nobody can force a 500 with them.
 */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}
