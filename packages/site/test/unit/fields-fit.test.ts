import { expect, it } from 'vitest';
import { completeFields } from '../../src/fields/apply-fields.ts';
import { field } from '../../src/fields/define.ts';
import type { Field, FieldValue } from '../../src/fields/field.ts';

const block = field.contentBlock({ fields: { text: field.text() } });
const entry = { id: 1, uid: 'u', type: 'quote', title: null, slug: null, enabled: true, fields: {} };
const read = (one: object, value: FieldValue): FieldValue | undefined =>
  completeFields({ one: one as Field }, { one: value })['one'];

const values: readonly FieldValue[] = [
  ...[
    'hello',
    '2026-11-21T10:30:00.000Z',
    '10:30:00',
    '#c0ffee',
    'FR',
    'a@example.com',
    7,
    true,
    ['red'],
    [7],
  ],
  ...[[{ step: 'one' }], [entry], { text: 'Hello' }, { type: 'url', value: 'https://example.com' }, null],
];

it.each<readonly [string, object, readonly FieldValue[]]>([
  ['text', field.text(), values.filter((value) => typeof value === 'string' || value === null)],
  ['number', field.number(), [7, null]],
  ['range', field.range(), [7, null]],
  ['money', field.money({ currency: 'EUR' }), [7, null]],
  ['lightswitch', field.lightswitch({ default: true }), [true]],
  ['date', field.date(), ['2026-11-21T10:30:00.000Z', null]],
  ['time', field.time(), ['10:30:00', null]],
  ['color', field.color(), ['#c0ffee', null]],
  ['country', field.country(), ['FR', null]],
  ['email', field.email(), ['a@example.com', null]],
  ['checkboxes', field.checkboxes({ options: ['red'] }), [['red']]],
  ['entries', field.entries(), [[7]]],
  ['table', field.table({ columns: { step: field.text() } }), [[{ step: 'one' }]]],
  ['contentBlock', block, [{ text: 'Hello' }, null]],
  ['link', field.link(), [{ type: 'url', value: 'https://example.com' }, null]],
  ['json', field.json(), values],
])('%s reads what it keeps, and anything else as what a new owner has', (_kind, one, kept) => {
  const { initial } = one as Field;
  const texts = kept.map((value) => JSON.stringify(value));
  for (const value of values)
    expect(read(one, value)).toEqual(texts.includes(JSON.stringify(value)) ? value : initial);
  for (const value of kept) expect(read(one, value)).toEqual(value);
});
