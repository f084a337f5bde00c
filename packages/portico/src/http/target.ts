/** Path and query as they stand on the request line, percent-encoded. */
export interface Target {
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

/** Splits what stands on the request line. */
export function splitTarget(target: string): Target {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, search: '' } : { path: target.slice(0, at), search: target.slice(at) };
}
