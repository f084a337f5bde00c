// https://sqlite.org/rescode.html: SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
const SQLITE_UNIQUE = new Set([2067, 1555]);
const POSTGRES_UNIQUE = '23505';

/**
 * What was to be unique and is not: SQLite says the columns (`UNIQUE constraint failed: users.email_claim`), PostgreSQL the
 * index (`users_email_claim`). Undefined for any other error.
 */
export function uniqueViolation(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error && SQLITE_UNIQUE.has(Number(error.errcode))) return error.message;
  if (!('code' in error) || error.code !== POSTGRES_UNIQUE) return undefined;
  return 'constraint' in error ? String(error.constraint) : error.message;
}
