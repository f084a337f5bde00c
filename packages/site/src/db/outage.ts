import { ActionError } from 'portico';

/** What a visitor is told while the database is out of reach; the cause is for the log. */
export function outage(cause: unknown): ActionError {
  return new ActionError({
    code: 'SERVICE_UNAVAILABLE',
    message: 'The site cannot reach its data right now. Try again in a moment.',
    cause,
    headers: { 'Retry-After': '5' },
  });
}

const NETWORK_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);

// Node's own, of sockets and TLS.
const STREAM_ERRORS = /^ERR_(?:SOCKET|SSL|STREAM|TLS)_/;

// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, insufficient resources,
// shutdown, system errors and corruption; a statement or an idle transaction that took too long; a server that has become
// a read-only standby.
const POSTGRES_STATES = /^(?:08|53|57P|58|XX00[12]|57014|25P03|25006)/;

// What node-postgres says without a code.
const POSTGRES_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

/** Whether PostgreSQL was out of reach, as opposed to having something against the statement. */
export function isPostgresOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return POSTGRES_MESSAGES.test(error.message);
  return NETWORK_ERRORS.has(code) || STREAM_ERRORS.test(code) || POSTGRES_STATES.test(code);
}

// https://sqlite.org/rescode.html, the primary codes: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN,
// PROTOCOL, NOTADB.
const SQLITE_CODES = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26]);

/** Whether the file of a SQLite database was out of reach, as opposed to having something against the statement. */
export function isSqliteOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_CODES.has(error.errcode & 0xff);
  return 'code' in error && error.code === 'ERR_INVALID_STATE';
}

/** Whether another connection holds SQLite's write lock. */
export function isSqliteBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
