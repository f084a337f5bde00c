// scheme://host[:port] as browsers serialize it. A URL parser would forgive an empty port or `%61.example`.
const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(0|[1-9]\d{0,4}))?$/;

/**
 * A serialized origin (RFC 6454 section 6.2) in one spelling: lower case, no default port. `undefined` for
 * what is no origin, `null` and hosts outside ASCII included. Other schemes count: `capacitor://localhost`.
 */
export function normalOrigin(value: string): string | undefined {
  // Some letters become ASCII only in lower case (the Kelvin sign), and no browser sends them.
  if (/[^\x21-\x7e]/.test(value)) return undefined;
  const [, scheme, host, port] = SHAPE.exec(value.toLowerCase()) ?? [];
  if (host === undefined) return undefined;
  const isDefault = (scheme === 'https' && port === '443') || (scheme === 'http' && port === '80');
  return port === undefined || isDefault ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
}

/** Whether two origins are the same. What is no origin (`null`) equals nothing, not even itself. */
export function sameOrigin(a: string, b: string): boolean {
  const left = normalOrigin(a);
  return left !== undefined && left === normalOrigin(b);
}

/** The origins an app names: a list, or a function that is asked each time. */
export type OriginList = readonly string[] | ((origin: string) => boolean);

/** Whether a list or function names an origin. `null` is never named: any sandboxed page sends it. */
export function isNamedOrigin(list: OriginList | undefined, origin: string): boolean {
  if (list === undefined || normalOrigin(origin) === undefined) return false;
  if (typeof list === 'function') return list(origin) === true;
  return list.some((named) => sameOrigin(named, origin));
}
