import { isStorableText } from '../lib/storable-text.ts';
import { ownValue, postedRecord } from './posted-record.ts';
import { postedText } from './posted-text.ts';

/** One of the options of a field. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

/** The options of a field as they were given. A text alone is value and label at once. */
export type GivenChoices<Value extends string = string> = ReadonlyArray<Value | Choice<Value>>;

/** What a field offers to choose from. */
export interface Choices<Value extends string = string> {
  /** In the order in which they are offered. */
  readonly offered: ReadonlyArray<Choice<Value>>;
  /** What a posted value stands for; null for none, undefined for what is no option. */
  read(posted: unknown): Value | null | undefined;
  /** What people call the value. */
  labelOf(value: string): string;
  /** The same by value, as the schema of a form says it. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface ChoicesOptions {
  /** Whether other texts than the options may be chosen, too. */
  readonly customOptions?: boolean;
}

const BLANK = '__blank__';
const MAX_CUSTOM_LENGTH = 255;

/** Reads choices for a kind of fields. Throws a `TypeError` where two options have one value. */
export function createChoices<Value extends string>(
  kind: string,
  given: GivenChoices<Value>,
  { customOptions = false }: ChoicesOptions = {},
): Choices<Value> {
  const offered = given.map((option) =>
    typeof option === 'string' ? { value: option, label: option } : option,
  );
  const values = new Map<string, Choice<Value>>(offered.map((option) => [option.value, option]));
  if (values.size !== offered.length)
    throw new TypeError(`field.${kind}: two options have the same value. Give each a value of its own.`);

  const known = (text: string): Value | undefined => values.get(text)?.value;
  const custom = (text: string): Value | undefined =>
    customOptions && text.length <= MAX_CUSTOM_LENGTH && isStorableText(text) ? (text as Value) : undefined;

  return {
    offered,
    labelOf: (value) => values.get(value)?.label ?? value,
    labels: Object.fromEntries(offered.map(({ value, label }) => [value, label])),
    read(posted) {
      // As it is first: an option's value may be blank, have blanks around it, or look like one that is encoded.
      const exact = typeof posted === 'string' ? known(posted) : undefined;
      if (exact !== undefined) return exact;
      const text = choiceText(posted);
      if (text === null || text === undefined) return text;
      const plain = known(text);
      if (plain !== undefined) return plain;
      if (text === BLANK) return null;
      const decoded = decodedText(text);
      if (decoded === undefined) return custom(text);
      const inner = known(decoded) ?? postedText(decoded);
      if (inner === null || inner === undefined || inner === BLANK) return null;
      // What is kept must not mean something else when it is posted again.
      return known(inner) ?? (decodedText(inner) === undefined ? custom(inner) : undefined);
    },
  };
}

/** A text or number that was posted; of `{ value }`, as answers of Craft have it, its value. */
function choiceText(posted: unknown): string | null | undefined {
  const record = postedRecord(posted);
  const value = record === undefined ? posted : (ownValue(record, 'value') ?? {});
  return typeof value === 'number' ? String(value) : postedText(value);
}

/** The text within `base64:cmVk`, `"red"` or `{"value":"red"}`; `undefined` where none of these is meant. */
function decodedText(text: string): string | undefined {
  if (text.startsWith('base64:')) return fromBase64(text.slice('base64:'.length));
  if (!text.startsWith('"') && !text.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    const inner = typeof value === 'string' ? value : ownValue(postedRecord(value) ?? {}, 'value');
    return typeof inner === 'string' ? inner : undefined;
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): string | undefined {
  if (!/^(?:[\w+/-]{4})*(?:[\w+/-]{2,3}={0,2})?$/.test(text)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}
