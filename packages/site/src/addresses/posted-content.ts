import type { Posting } from '../fields/field.ts';
import { numberField } from '../fields/number-field.ts';
import { postedText } from '../fields/posted-text.ts';
import type { AddressContent } from './address.ts';
import { NATIVE_FIELDS, type NativeField } from './address-field.ts';

const number = numberField();
const NUMBERS = new Set<NativeField>(['latitude', 'longitude']);

/** What was sent of an address, by its native fields; null clears. What is no text and no number is told by its field. */
export function postedContent(
  posted: Readonly<Record<string, unknown>>,
  posting: Posting,
): {
  readonly content: Partial<AddressContent>;
  readonly errors: ReadonlyMap<NativeField, string>;
} {
  const errors = new Map<NativeField, string>();
  const content = new Map<NativeField, string | number | null>();
  for (const name of NATIVE_FIELDS) {
    if (!Object.hasOwn(posted, name) || posted[name] === undefined) continue;
    if (NUMBERS.has(name)) {
      const label = name === 'latitude' ? 'Latitude' : 'Longitude';
      const result = number.normalize(posted[name], label, posting);
      if ('value' in result) content.set(name, result.value);
      else errors.set(name, 'error' in result ? result.error : `${label} must be a number.`);
    } else {
      const text = postedText(posted[name]);
      if (text === undefined) errors.set(name, 'This must be text.');
      else content.set(name, text);
    }
  }
  return { content: Object.fromEntries(content) as Partial<AddressContent>, errors };
}
