import { isInputError } from 'portico';
import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { fieldErrors, postedFields } from '../../src/fields/posted-fields.ts';

const native = new Set(['title', 'userId']);

describe('postedFields', () => {
  it.each([
    ['fields unless told otherwise', { fields: { bio: 'Hi' }, f: { bio: 'No' } }],
    ['the name given', { fieldsLocation: 'f', f: { bio: 'Hi' }, fields: { bio: 'No' } }],
    ['a dotted path', { fieldsLocation: 'a.b', a: { b: { bio: 'Hi' } } }],
    ['a path in brackets', { fieldsLocation: 'a[b]', a: { b: { bio: 'Hi' } } }],
    ['a name with a dot in it', { fieldsLocation: 'a.b', 'a.b': { bio: 'Hi' } }],
    ['the root, for blank', { fieldsLocation: '', bio: 'Hi', title: 'Native', userId: 3 }],
    ['the root, for null, as a form sends blank', { fieldsLocation: null, bio: 'Hi' }],
  ])('looks at %s', (_where, input) => {
    expect(postedFields(input, native)).toEqual({ bio: 'Hi' });
  });

  it('leaves other inputs of the form alone where fields share the root with them', () => {
    const input = { fieldsLocation: '', bio: 'Hi', save: '1' };
    expect(postedFields(input, native, { bio: field.text() })).toEqual({ bio: 'Hi' });
  });

  it.each([
    '__proto__',
    'constructor',
    'constructor.prototype',
    'toString',
    'a.__proto__',
    'nowhere',
    'title.x',
  ])('finds nothing at %j', (fieldsLocation) => {
    expect(postedFields({ fieldsLocation, a: {}, title: 'Home' }, native)).toBeUndefined();
  });

  it.each([[5], [['fields']], [{ a: 1 }], [true]])('refuses %j as a location', (fieldsLocation) => {
    let thrown: unknown;
    try {
      postedFields({ fieldsLocation }, native);
    } catch (error) {
      thrown = error;
    }
    expect(isInputError(thrown) && Object.keys(thrown.fields)).toEqual(['fieldsLocation']);
  });
});

it.each([
  [{}, { 'fields.bio': ['No.'], fields: ['Not so.'] }],
  [{ fieldsLocation: 'a[b]' }, { 'a.b.bio': ['No.'], 'a.b': ['Not so.'] }],
  [{ fieldsLocation: '' }, { bio: ['No.'], '': ['Not so.'] }],
])('with %j names errors as %j', (input, expected) => {
  expect(fieldErrors(input, { bio: ['No.'], '': ['Not so.'] })).toEqual(expected);
});
