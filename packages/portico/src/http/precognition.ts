import { PRECOGNITION_HEADER, VALIDATE_ONLY_HEADER } from '../wire/names.ts';
import type { Incoming } from './incoming.ts';

/** A request that asks what would be refused and wants nothing done, by the headers of Laravel's Precognition. */
export interface Precognition {
  /** The names of the fields it is about, in any notation; `undefined`: all. */
  readonly only: readonly string[] | undefined;
}

/** What an answer to such a request says, whatever came of it: clients take no other for an answer. */
export const PRECOGNITIVE: ReadonlyArray<readonly [string, string]> = [
  ['Precognition', 'true'],
  ['Vary', 'Precognition'],
];

/**
 * `undefined` for every other request. Only POST: what merely reads answers as fast as it could be checked. A list of fields
 * that is there and empty asks for none, as it does in Laravel.
 */
export function precognitionOf(incoming: Incoming): Precognition | undefined {
  if (incoming.header(PRECOGNITION_HEADER) !== 'true' || incoming.method !== 'POST') return undefined;
  const only = incoming.header(VALIDATE_ONLY_HEADER)?.split(',').map(fieldName);
  return { only: only?.filter((name) => name !== '') };
}

/** A header holds ASCII and has its names between commas, so other names come percent-encoded (RFC 9110 section 5.5). */
function fieldName(text: string): string {
  const name = text.trim();
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
