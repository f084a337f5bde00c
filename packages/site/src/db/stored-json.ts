// What JSON.stringify leaves of half a surrogate pair and of NUL, and backslashes that are backslashes.
const ESCAPES = /\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/**
 * A value as JSON that each database takes: half a surrogate pair and NUL become U+FFFD, as they do in plain text, since
 * PostgreSQL refuses them in jsonb.
 */
export function storedJson(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPES, (escape) => (escape === '\\\\' ? escape : '\uFFFD'));
}

/** What a column of JSON holds: SQLite gives it as text, PostgreSQL gives jsonb parsed. */
export function ofStoredJson(column: unknown): unknown {
  return typeof column === 'string' ? JSON.parse(column) : column;
}
