import { z } from 'zod';
import { isStorableText } from '../lib/storable-text.ts';
import type { Field, FieldOptions, FieldValue } from './field.ts';
import { formControl } from './form-control.ts';
import { postedRecord } from './posted-record.ts';
import { postedText } from './posted-text.ts';

export interface JsonOptions extends FieldOptions {
  /** The most bytes that its JSON text may have in UTF-8. Default: 65,536. */
  readonly maxBytes?: number;
}

export interface JsonField extends Field {
  readonly type: 'json';
  readonly options: JsonOptions;
}

const MAX_DEPTH = 32;

/**
 * Any JSON: as text, or, in a JSON body and from server code, lists and objects, numbers and booleans as they are. Text is
 * always JSON text: write `"\"red\""` for the value `red`.
 */
export function jsonField(options: JsonOptions = {}): JsonField {
  const { maxBytes = 65_536 } = options;
  return {
    type: 'json',
    options,
    initial: null,
    normalize(posted, label) {
      const tooLarge = {
        error: `${label} is too large: it may have ${maxBytes.toLocaleString('en')} bytes of JSON.`,
      };
      if (typeof posted === 'string' && Buffer.byteLength(posted) > maxBytes) return tooLarge;
      const parsed = typeof posted === 'string' ? parsedJson(posted) : { value: posted ?? null };
      if (parsed === undefined) return { error: `${label} must be valid JSON.` };
      const fault = faultIn(parsed.value, 0);
      if (fault !== undefined) return { error: `${label} ${fault}` };
      // `toJSON`, prototypes and holes of lists are left behind.
      const value = copyOf(parsed.value as FieldValue);
      return Buffer.byteLength(JSON.stringify(value)) > maxBytes ? tooLarge : { value };
    },
    formSchema: () => formControl(z.string(), options),
  };
}

function parsedJson(posted: string): { readonly value: unknown } | undefined {
  const text = postedText(posted);
  if (typeof text !== 'string') return { value: null };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const INVALID = 'must be valid JSON.';
const UNSTORABLE = 'has characters that cannot be stored.';

/** Why the value cannot be kept and come back as it is: the end of a sentence. */
function faultIn(value: unknown, depth: number): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return isStorableText(value) ? undefined : UNSTORABLE;
  if (typeof value === 'number') return numberFault(value);
  const isList = Array.isArray(value);
  const record = isList ? undefined : postedRecord(value);
  if (!isList && record === undefined) return INVALID;
  if (depth === MAX_DEPTH) return `is nested too deeply: it may have ${MAX_DEPTH} levels.`;
  for (const key of Object.keys(record ?? {})) {
    if (!isStorableText(key)) return UNSTORABLE;
    // Who copies the value key by key would set a prototype with it.
    if (key === '__proto__') return 'must not have a key “__proto__”.';
  }
  for (const item of isList ? value : Object.values(record ?? {})) {
    const fault = faultIn(item, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function numberFault(number: number): string | undefined {
  if (Number.isNaN(number)) return INVALID;
  return Math.abs(number) > Number.MAX_SAFE_INTEGER
    ? 'has a number that is too large to be kept exactly. Write it as text.'
    : undefined;
}

function copyOf(value: FieldValue): FieldValue {
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly FieldValue[]).map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}
