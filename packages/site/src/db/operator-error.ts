import { isActionError } from 'portico';

/**
 * An error of the database for whoever starts the site, where `outage` has words for visitors: what could not be reached,
 * without the password in its URL, what to look at, and why as its cause. Any other error is returned as it is.
 */
export function operatorError(databaseUrl: string, error: unknown): unknown {
  if (!isActionError(error) || error.code !== 'SERVICE_UNAVAILABLE') return error;
  const [what, advice] = described(databaseUrl);
  return new Error(`The database ${what} does not answer. ${advice} ${OPTION}`, {
    cause: saying(error.cause),
  });
}

const OPTION = 'It is named by DATABASE_URL, or by the option database.';

function described(url: string): readonly [what: string, advice: string] {
  if (url.startsWith('sqlite:')) {
    return [url, 'Is it a SQLite database, and may this process write to it and to its folder?'];
  }
  // Nothing but these two: user, password and parameters stay out of logs.
  const parsed = URL.parse(url);
  const what = parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : 'postgres://…';
  return [what, 'Is the server running, does it know this database, and do user and password fit?'];
}

/** Node wraps the failures of several addresses of one host in an error without words. */
function saying(cause: unknown): unknown {
  return cause instanceof AggregateError && cause.message === '' ? cause.errors[0] : cause;
}
