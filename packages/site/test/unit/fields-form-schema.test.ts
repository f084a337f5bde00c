import { createPortico, defineAction } from 'portico';
import { form } from 'portico/html';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { field } from '../../src/fields/define.ts';
import type { Field } from '../../src/fields/field.ts';
import { formSchema } from '../../src/fields/form-schema.ts';

/** The attributes that `form()` gives the control of a field, without id and name, and the options it offers. */
async function controlOf(
  given: Field,
  value?: unknown,
  name = 'fields[it]',
): Promise<Readonly<Record<string, unknown>>> {
  const save = defineAction({
    accept: 'any',
    input: z.object({ fields: z.unknown().optional() }),
    decode: { fields: 'unknown' },
    handler: async () => null,
  });
  const portico = createPortico({ actions: { save }, dev: false, secrets: ['x'.repeat(32)] });
  let control: Readonly<Record<string, unknown>> = {};
  const answer = portico.wrap((request) => {
    const schema = formSchema({ it: { ...given, options: { ...given.options, frontend: true } } });
    const values = value === undefined ? {} : { values: { fields: { it: value } } as never };
    const { attributes, options } = form(portico.context(request), save, { schema, ...values }).field(name);
    const { id: _, name: __, ...rest } = attributes;
    control = options === undefined ? rest : { ...rest, options: options.map((option) => option.value) };
    return new Response('');
  });
  await answer(new Request('https://site.example/'));
  return control;
}

const options = ['red', 'blue'] as const;
const required = true;

it.each<readonly [string, Field, Readonly<Record<string, unknown>>]>([
  ['text', field.text({ charLimit: 40 }), { type: 'text', value: '', maxlength: 40 }],
  [
    'text of bytes',
    field.text({ required, byteLimit: 9 }),
    { type: 'text', value: '', maxlength: 9, required },
  ],
  [
    'number',
    field.number({ min: 1, max: 5 }),
    { type: 'number', value: '', min: '1', max: '5', step: 'any' },
  ],
  ['whole number', field.number({ decimals: 0 }), { type: 'number', value: '', step: '1' }],
  ['price', field.number({ decimals: 2 }), { type: 'number', value: '', step: '0.01' }],
  [
    'range',
    field.range({ required, max: 10, step: 0.5 }),
    { type: 'number', value: '', min: '0', max: '10', step: '0.5', required },
  ],
  [
    'range off zero',
    field.range({ min: 1, max: 9, step: 2 }),
    { type: 'number', value: '', min: '1', max: '9', step: 'any' },
  ],
  ['money', field.money({ currency: 'EUR' }), { type: 'text', value: '', pattern: '[+\\-]?\\d+\\.\\d{1,2}' }],
  ['yen', field.money({ currency: 'JPY' }), { type: 'text', value: '', pattern: '[+\\-]?\\d+' }],
  ['lightswitch', field.lightswitch(), { type: 'checkbox', value: 'true' }],
  ['consent', field.lightswitch({ required }), { type: 'checkbox', value: 'true' }],
  ['dropdown', field.dropdown({ options, required }), { options, required }],
  ['radio', field.radio({ options }), { options }],
  ['open radio', field.radio({ options, customOptions: true }), { type: 'text', value: '', maxlength: 255 }],
  ['buttonGroup', field.buttonGroup({ options }), { options }],
  ['checkboxes', field.checkboxes({ options, required }), { options, multiple: true }],
  ['multiSelect', field.multiSelect({ options }), { options, multiple: true }],
  ['email', field.email({ required }), { type: 'email', value: '', maxlength: 254, required }],
  ['color', field.color(), { type: 'text', value: '', pattern: '#?(?:[0-9a-fA-F]{3}){1,2}' }],
  ['palette', field.color({ palette: ['#fff', '#000'] }), { options: ['#ffffff', '#000000'] }],
  ['date', field.date({ min: '2026-01-01' }), { type: 'date', value: '', min: '2026-01-01' }],
  [
    'date-time',
    field.date({ showTime: true, max: '2026-12-31' }),
    { type: 'datetime-local', value: '', max: '2026-12-31T23:59' },
  ],
  ['time', field.time({ required }), { type: 'time', value: '', required }],
  ['json', field.json(), { type: 'text', value: '' }],
])('form() knows the control of %s', async (_, given, expected) => {
  expect(await controlOf(given)).toEqual(expected);
});

it('form() offers the countries by their codes', async () => {
  const { options: codes } = await controlOf(field.country());
  expect(codes).toContain('DE');
});

it('form() knows the parts of a link', async () => {
  const link = { type: 'url', value: '/a', label: 'More' };
  expect(await controlOf(field.link(), link, 'fields[it][value]')).toMatchObject({
    value: '/a',
    maxlength: 255,
  });
  expect(await controlOf(field.link(), link, 'fields[it][label]')).toMatchObject({ value: 'More' });
  expect(await controlOf(field.link({ types: ['url', 'tel'] }), link, 'fields[it][type]')).toEqual({
    options: ['url', 'tel'],
  });
});

it('form() shows what is kept as the control takes it', async () => {
  expect(await controlOf(field.date(), '2026-11-21T10:30:00.000Z')).toMatchObject({ value: '2026-11-21' });
  expect(await controlOf(field.date({ showTime: true }), '2026-11-21T10:30:00.000Z')).toMatchObject({
    value: '2026-11-21T10:30',
  });
  expect(await controlOf(field.time(), '10:30:00')).toMatchObject({ value: '10:30:00' });
  expect(await controlOf(field.lightswitch(), true)).toMatchObject({ checked: true });
});
