import { isStorableText } from '../lib/storable-text.ts';
import type { AddressContent } from './address.ts';
import { NATIVE_FIELDS, type NativeField } from './address-field.ts';

// What Craft's columns hold, and more than any envelope.
const MAX_LENGTH = 255;
// A line break would start another line of an envelope.
const CONTROL = /\p{Cc}/u;

/** The texts of an address, trimmed, blank ones null; what is no text for a line of an address is reported. */
export function checkText(
  address: AddressContent,
  labelOf: (field: NativeField) => string,
  report: (field: NativeField, message: string) => void,
): AddressContent {
  const texts: Partial<Record<NativeField, string | null>> = {};
  for (const field of NATIVE_FIELDS) {
    const text = address[field];
    if (field === 'countryCode' || typeof text !== 'string') continue;
    const trimmed = text.trim();
    texts[field] = trimmed === '' ? null : trimmed;
    if (Array.from(trimmed).length > MAX_LENGTH)
      report(field, `${labelOf(field)} should contain at most ${MAX_LENGTH} characters.`);
    else if (CONTROL.test(trimmed) || !isStorableText(trimmed))
      report(field, `${labelOf(field)} must be a single line of text.`);
  }
  return { ...address, ...texts } as AddressContent;
}
