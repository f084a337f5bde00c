import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import type { Field, FieldValue, ValuesOf } from '../../src/fields/field.ts';
import type { LinkData } from '../../src/fields/link-field.ts';
import { posting } from '../support/posting.ts';

const options = ['red', { value: 'blue', label: 'Blue' }] as const;
const scalars: Readonly<Record<string, Field>> = {
  text: field.text({ charLimit: 20, byteLimit: 30 }),
  number: field.number({ decimals: 2 }),
  range: field.range(),
  money: field.money({ currency: 'EUR' }),
  lightswitch: field.lightswitch(),
  dropdown: field.dropdown({ options }),
  radio: field.radio({ options }),
  openRadio: field.radio({ options, customOptions: true }),
  buttonGroup: field.buttonGroup({ options }),
  checkboxes: field.checkboxes({ options, customOptions: true }),
  multiSelect: field.multiSelect({ options }),
  email: field.email(),
  link: field.link({ types: ['url', 'email', 'tel', 'sms', 'entry', 'category', 'asset'] }),
  color: field.color(),
  country: field.country(),
  date: field.date(),
  time: field.time(),
  json: field.json(),
};

// Pieces of what the kinds take, in places where they do not belong.
const word = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'red',
    '__blank__',
    '__custom__',
    'base64:cmVk',
    '{"value":"red"}',
    '["red"]',
    '"',
    '{',
    '[',
  ),
  fc.constantFrom(
    '2026-11-21',
    '10:30',
    '1/2/26',
    'am',
    'x PM',
    'now',
    '12.34',
    '1.234,5',
    '#fff',
    'DE',
    'de',
    'UTC',
    '{entry:1}',
  ),
  fc.constantFrom('https://example.com', 'javascript:x', 'mailto:a@b.co', 'tel:1', '\0', '\ud800', 'nowhere'),
);
const part = fc.oneof(word, fc.anything());
const record = fc.record(
  { value: part, locale: part, currency: part, date: part, time: part, datetime: part, timezone: part },
  { requiredKeys: [] },
);
const other = fc.record(
  { color: part, custom: part, type: part, label: part, entry: part, url: part },
  { requiredKeys: [] },
);
const hostile = fc.oneof(
  word,
  record,
  other,
  fc.array(part),
  fc.anything({ withNullPrototype: true, withDate: true }),
);

describe.each(Object.entries(scalars))('whatever is sent to field.%s', (name, given) => {
  it('keeps plain JSON that is stored as it is, or says why not, and never throws', () => {
    fc.assert(
      fc.property(hostile, (posted) => {
        const result = given.normalize(posted, 'It', posting());
        if (!('value' in result)) {
          const sentences = 'error' in result ? [result.error] : Object.values(result.errors).flat();
          for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
          expect(sentences).not.toEqual([]);
          return;
        }
        const text = JSON.stringify(result.value);
        expect(JSON.parse(text)).toEqual(result.value);
        expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/);
        // What is kept can be posted again: a page that shows it sends the same. JSON takes texts for JSON.
        if (name === 'json') return;
        expect(given.normalize(result.value, 'It', posting())).toEqual(result);
        expect(typeof (given.keywords?.(result.value) ?? '')).toBe('string');
      }),
      { numRuns: 300 },
    );
  });

  it('reads what may stand in the database without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const value = json as FieldValue;
        expect(typeof (given.keywords?.(value) ?? '')).toBe('string');
        expect(typeof (given.isBlank?.(value) ?? true)).toBe('boolean');
        for (const choice of given.choices?.(value) ?? []) expect(typeof choice).toBe('string');
        for (const { id } of given.references?.(value) ?? []) expect(id).toBeGreaterThan(0);
      }),
    );
  });
});

it('says of each kind how queries compare it', () => {
  const compared = Object.entries(scalars).map(([name, { comparedAs }]) => [name, comparedAs]);
  expect(Object.fromEntries(compared)).toEqual({
    text: 'text',
    number: 'number',
    range: 'number',
    money: 'number',
    lightswitch: 'number',
    dropdown: 'text',
    radio: 'text',
    openRadio: 'text',
    buttonGroup: 'text',
    checkboxes: undefined,
    multiSelect: undefined,
    email: 'text',
    link: undefined,
    color: 'text',
    country: 'text',
    date: 'text',
    time: 'text',
    json: undefined,
  });
});

it('gives queries the types of the values', () => {
  const layout = {
    bio: field.text({ required: true }),
    age: field.number(),
    price: field.money({ currency: 'EUR' }),
    news: field.lightswitch(),
    born: field.date(),
    opens: field.time(),
    more: field.link(),
    data: field.json(),
  };
  expectTypeOf<ValuesOf<typeof layout>>().toEqualTypeOf<{
    readonly bio: string | null;
    readonly age: number | null;
    readonly price: number | null;
    readonly news: boolean | null;
    readonly born: string | null;
    readonly opens: string | null;
    readonly more: LinkData | null;
    readonly data: FieldValue;
  }>();
  const types = ['text', 'number', 'money', 'lightswitch', 'date', 'time', 'link', 'json'];
  expect(Object.values(layout).map(({ type }) => type)).toEqual(types);
});
