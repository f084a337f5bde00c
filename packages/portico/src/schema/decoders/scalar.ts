import { parseBigint, parseDecimal, parseInteger } from '../parse-number.ts';
import type { FormValue } from '../field-tree.ts';
import type { ChoicePlan, Plan } from '../plan.ts';
import type { Decoder } from './decoder.ts';
import { rawValue } from './raw.ts';
import { booleanOf, emptyText, missing, newlines } from './text.ts';

type FromText = (text: string) => unknown;

/** Text, numbers, booleans, choices, URLs, files and what no plan knows. What does not parse stays as it was sent. */
export function scalarDecoder(plan: Plan): Decoder {
  const fromText = textParser(plan);
  const whenAbsent = isCheckbox(plan) && !plan.optional ? false : missing(plan);
  const fromFile = plan.kind === 'file' ? whenEmptyFile(whenAbsent) : undefined;
  const one = (value: FormValue): unknown =>
    typeof value === 'string' ? fromText(value) : fromFile === undefined ? value : fromFile(value);
  return {
    many: false,
    absent: () => whenAbsent,
    one,
    node(node) {
      const value = rawValue(node);
      return typeof value === 'string' || value instanceof Blob ? one(value as FormValue) : value;
    },
  };
}

function textParser(plan: Plan): FromText {
  const empty = emptyText(plan);
  switch (plan.kind) {
    case 'number':
      return (text) => (text === '' ? empty : (parseDecimal(text) ?? text));
    case 'integer':
      return (text) => (text === '' ? empty : (parseInteger(text) ?? text));
    case 'bigint':
      return (text) => (text === '' ? empty : (parseBigint(text) ?? text));
    case 'url':
      return (text) => (text === '' ? empty : URL.canParse(text) ? new URL(text) : text);
    case 'boolean':
      return (text) => (text === '' && plan.nullable ? null : booleanOf(text));
    case 'choice':
      return choiceParser(plan);
    case 'file':
      return (text) => (text === '' ? missing(plan) : text);
    case 'unknown':
      return newlines;
    default:
      return (text) => (text === '' ? empty : newlines(text));
  }
}

function choiceParser(plan: ChoicePlan): FromText {
  const empty = emptyText(plan);
  const byText = new Map<string, unknown>();
  // Of 1 and '1' the text is what a form sends.
  for (const value of plan.values) {
    if (typeof value === 'string' || !byText.has(String(value))) byText.set(String(value), value);
  }
  const booleans = plan.values.some((value) => typeof value === 'boolean');
  const numbers = plan.values.filter((value) => typeof value === 'number');
  return (text) => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    if (booleans && (text !== '' || isCheckbox(plan))) {
      const value = booleanOf(text);
      if (typeof value === 'boolean') return value;
    }
    if (text === '') return empty;
    const number = numbers.length > 0 ? parseDecimal(text) : undefined;
    return number !== undefined && numbers.includes(number) ? number : newlines(text);
  };
}

/** A boolean, or `true` alone as in "I accept the terms". */
function isCheckbox(plan: Plan): boolean {
  if (plan.kind === 'boolean') return true;
  return (
    plan.kind === 'choice' &&
    plan.values.length > 0 &&
    plan.values.every((value) => typeof value === 'boolean')
  );
}

// A browser sends a file input in which nothing was chosen as a file without name and bytes.
function whenEmptyFile(absent: unknown): (file: File) => unknown {
  return (file) => (file.size === 0 && file.name === '' ? absent : file);
}

/** True for the file of an input in which nothing was chosen. */
export function isEmptyFile(value: FormValue): boolean {
  return typeof value !== 'string' && value.size === 0 && value.name === '';
}
