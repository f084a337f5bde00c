import { escapeHtml } from '../lib/escape-html.ts';
import { raw, type SafeHtml } from './safe-html.ts';

type Scalar = string | number | bigint | boolean | null | undefined;

/**
 * Attributes of an element by their HTML names. `true` prints the name alone, `false`, `null` and `undefined` nothing; a
 * list prints its items with spaces between (`class`, `rel`). `aria` and `data` take objects: `data: { userId: 5 }` is
 * `data-user-id="5"`, objects and lists inside of `data` become JSON, and `true` inside of `aria` is `"true"`, as ARIA
 * has no bare attributes.
 */
export interface Attributes {
  readonly [name: string]: Scalar | readonly Scalar[] | Readonly<Record<string, unknown>>;
}

// HTML standard, 13.1.2.3, and no character that could end a tag in a parser that is more lenient.
const NAME = /^[^\s"'<>/=`\u0000-\u001f\u007f-\u009f\p{Noncharacter_Code_Point}]+$/u;

/**
 * Attributes as markup: `` html`<form ${attributes(form.attributes)}>` ``. Throws a `TypeError` for a name that HTML does
 * not allow and for a value that has no text.
 */
export function attributes(record: Attributes): SafeHtml {
  return raw(attributePairs(record).join(' '));
}

/** An element. `content` is markup; without it the element is a void one, like `input`. */
export function element(tag: string, record: Attributes, content?: string): string {
  const start = `<${[tag, ...attributePairs(record)].join(' ')}>`;
  return content === undefined ? start : `${start}${content}</${tag}>`;
}

function attributePairs(record: Attributes): string[] {
  const flat = new Map<string, Scalar>();
  for (const [name, value] of Object.entries(record)) {
    if (name === 'aria' || name === 'data') flattenInto(flat, name, value);
    else set(flat, name, textOf(name, value));
  }
  const pairs: string[] = [];
  for (const [name, value] of flat) {
    if (value === null || value === undefined || value === false) continue;
    pairs.push(value === true ? name : `${name}="${escapeHtml(String(value))}"`);
  }
  return pairs;
}

function flattenInto(flat: Map<string, Scalar>, prefix: 'aria' | 'data', group: Attributes[string]): void {
  if (group === null || group === undefined || group === false) return;
  if (typeof group !== 'object' || Array.isArray(group)) {
    throw new TypeError(
      `The attribute ${prefix} takes an object: ${prefix}: { name: value } prints ${prefix}-name="value".`,
    );
  }
  for (const [key, value] of Object.entries(group)) {
    if (prefix === 'aria') set(flat, `aria-${key}`, value === true ? 'true' : textOf(`aria-${key}`, value));
    else
      set(
        flat,
        dataName(key),
        typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(key, value),
      );
  }
}

/** The attribute that scripts read as `dataset[key]`. */
function dataName(key: string): string {
  return `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function set(flat: Map<string, Scalar>, name: string, value: Scalar): void {
  if (!NAME.test(name)) {
    throw new TypeError(
      `${JSON.stringify(name)} cannot be the name of an HTML attribute: it must have no spaces, quotes, <, >, / or =.`,
    );
  }
  flat.set(name, value);
}

function textOf(name: string, value: unknown): Scalar {
  if (value instanceof String) return value.toString();
  if (Array.isArray(value)) {
    const items = value.filter(
      (item) => item !== null && item !== undefined && item !== false && item !== '',
    );
    return items.length === 0 ? undefined : items.map((item) => String(textOf(name, item))).join(' ');
  }
  if (typeof value === 'object' && value !== null && value.toString !== Object.prototype.toString)
    return String(value);
  if (typeof value === 'object' && value !== null) {
    throw new TypeError(
      `The attribute ${name} was given an object. Only aria and data take objects; others take a text.`,
    );
  }
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`The attribute ${name} was given a ${typeof value}, which has no text for HTML.`);
  }
  return value as Scalar;
}
