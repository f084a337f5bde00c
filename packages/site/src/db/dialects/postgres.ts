import { Pool, types, type CustomTypesConfig, type PoolClient } from 'pg';
import { isPostgresOutage } from '../outage.ts';
import type { ConnectionSource } from './connection-source.ts';

const MAX_WAIT_MS = 1500;
const MAX_IDLE_IN_TRANSACTION_MS = 10_000;
const INT8 = 20;

// For this pool alone: pg's own switch is one for the whole process. Our counts and times stay below 2^53.
const numbers: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/**
 * PostgreSQL through a pool of `pg`. A URL's parameters (`application_name`, `options`, `sslmode`) win over what is set here.
 * `patient`: statements may take as long as they need, as those of migrations do.
 */
export function postgresSource(
  url: string,
  { patient = false }: { readonly patient?: boolean } = {},
): ConnectionSource {
  let pool: Pool | undefined;
  let isClosed = false;

  return {
    begin: 'begin',
    probe: 'select 1',
    async open() {
      if (isClosed) throw new Error('The database was closed.');
      pool ??= createPool(url, patient);
      const client = await pool.connect();
      return {
        run: (sql, parameters) => run(client, sql, parameters),
        release: (broken) => client.release(broken),
      };
    },
    isOutage: isPostgresOutage,
    isTransient: (error) =>
      error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01'),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await pool?.end();
    },
  };
}

function createPool(url: string, patient: boolean): Pool {
  const pool = new Pool({
    connectionString: url,
    fallback_application_name: 'portico-site',
    types: numbers,
    // A server that is gone without a word is found out in minutes, not in the two hours that systems begin with.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: MAX_WAIT_MS,
    idle_in_transaction_session_timeout: patient ? 0 : MAX_IDLE_IN_TRANSACTION_MS,
    // The server gives up first, since it can say so on a connection that stays good.
    ...(patient ? {} : { statement_timeout: MAX_WAIT_MS, query_timeout: MAX_WAIT_MS + 200 }),
  });
  // A connection that ends while nobody uses it leaves the pool; unheard, its error would end the process.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

async function run(
  client: PoolClient,
  sql: string,
  parameters: readonly unknown[],
): Promise<{ rows: unknown[]; affected: number }> {
  const { command, rows, rowCount } = await client.query<Record<string, unknown>>(sql, [...parameters]);
  if (sql === 'commit' && command === 'ROLLBACK')
    throw new Error(
      'The transaction was undone, since a statement of it had failed and its error went unheard.',
    );
  return { rows, affected: rowCount ?? 0 };
}

function ignore(): void {}
