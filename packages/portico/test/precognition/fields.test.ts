import { createPortico, defineAction } from 'portico';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { check } from './check.ts';

const order = z
  .object({
    email: z.email('email'),
    größe: z.string().min(1, 'größe'),
    'a,b': z.string().min(1, 'a,b'),
    'a.b': z.string().min(1, 'a.b'),
    when: z.date('when'),
    tags: z.array(z.string().min(3, 'tag')),
    items: z.array(z.object({ name: z.string().min(1, 'name'), qty: z.int('qty') })).max(2, 'items'),
    address: z.object({ city: z.string().min(1, 'city'), zip: z.string().min(1, 'zip') }),
    prices: z.record(z.string(), z.number('price')),
    password: z.string().min(1, 'password'),
    again: z.string(),
  })
  .superRefine(({ password, again }, { addIssue }) => {
    if (password !== again) addIssue({ code: 'custom', path: ['again'], message: 'again' });
    addIssue({ code: 'custom', message: 'root' });
  });

const WRONG = {
  email: 'ada',
  größe: '',
  'a,b': '',
  'a.b': '',
  'when[date]': 'nonsense',
  'tags[]': 'x',
  'items[0][name]': '',
  'items[0][qty]': 'many',
  'items[1][name]': 'cup',
  'items[1][qty]': 'few',
  'address[city]': '',
  'address[zip]': '',
  'prices[small]': 'cheap',
};
const RIGHT = {
  email: 'ada@example.org',
  größe: 'L',
  'a,b': 'c',
  'a.b': 'c',
  when: '2026-11-22',
  'tags[]': 'clay',
  'items[0][name]': 'cup',
  'items[0][qty]': '1',
  'address[city]': 'Wien',
  'address[zip]': '1010',
  'prices[small]': '1',
  password: 'sesame',
};

async function errorsOf(fields: Record<string, string>, only?: string): Promise<unknown> {
  const action = defineAction({ accept: 'form', input: order, handler: () => undefined });
  const { agent } = await serve(createPortico({ actions: { order: action } }));
  const { status, body } = await check(agent(), '/_actions/order', new URLSearchParams(fields), only);
  return status === 204 ? status : { ...(body?.['errors'] as object), '': body?.['formErrors'] };
}

describe('the fields that are asked about', () => {
  it.each<[string, Record<string, string[]>]>([
    ['email', { email: ['email'] }],
    [' email , address.city ', { email: ['email'], 'address.city': ['city'] }],
    ['email,email', { email: ['email'] }],
    // In the notation of errors, and in that of fields.
    ['items.0.qty', { 'items.0.qty': ['qty'] }],
    ['items[0][qty]', { 'items.0.qty': ['qty'] }],
    ['items[0].qty', { 'items.0.qty': ['qty'] }],
    // All that is below, of one row or of each.
    ['items.0', { 'items.0.name': ['name'], 'items.0.qty': ['qty'] }],
    ['address', { 'address.city': ['city'], 'address.zip': ['zip'] }],
    ['items.*.qty', { 'items.0.qty': ['qty'], 'items.1.qty': ['qty'] }],
    ['tags', { 'tags.0': ['tag'] }],
    ['tags[]', { 'tags.0': ['tag'] }],
    ['prices[small]', { 'prices.small': ['price'] }],
    // A part of a field that the schema judges as a whole.
    ['when[date]', { when: ['when'] }],
    // What a header cannot hold, or would split.
    ['gr%C3%B6%C3%9Fe', { größe: ['größe'] }],
    ['a%2Cb', { 'a,b': ['a,b'] }],
    ['a.b', { 'a.b': ['a.b'] }],
  ])('%s', async (only, errors) => {
    expect(await errorsOf(WRONG, only)).toEqual({ ...errors, '': [] });
  });

  it.each([
    'nothing',
    'mail',
    'email.of',
    'emails',
    'items.2',
    'items.0.qt',
    'address.',
    '__proto__',
    'constructor.prototype',
    'toString',
    '%',
    '%E0%A4%A',
    'items[0',
    'a.'.repeat(4000),
    '[',
    ',',
    '',
  ])('%j is none that is wrong', async (only) => {
    // What a name with a dot at its end stands for is right here.
    const fields = { ...WRONG, 'address[city]': 'Wien', 'address[zip]': '1010', email: 'ada@example.org' };
    expect(await errorsOf(fields, only)).toBe(204);
  });

  it('are judged together with all others', async () => {
    expect(await errorsOf({ ...RIGHT, again: 'semase' }, 'again')).toEqual({ again: ['again'], '': [] });
    expect(await errorsOf({ ...RIGHT, again: 'sesame' }, 'again')).toBe(204);
  });

  it('are all, and the whole, where none is named', async () => {
    expect(await errorsOf({ ...RIGHT, again: 'semase' })).toEqual({ again: ['again'], '': ['root'] });
  });
});
