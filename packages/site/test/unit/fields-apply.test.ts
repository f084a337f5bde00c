import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFields, initialFields } from '../../src/fields/apply-fields.ts';
import { field } from '../../src/fields/define.ts';
import type { Field, FieldLayout, FieldValue } from '../../src/fields/field.ts';

const layout = {
  bio: field.text({ frontend: true, charLimit: 10 }),
  age: field.number({ frontend: true, label: 'Your age' }),
  homePlanet: field.text({ frontend: true, required: true }),
  terms: field.lightswitch({ frontend: true, required: true }),
  creditLimit: field.number({ required: true }),
} satisfies FieldLayout;

describe('applyFields', () => {
  it('changes only what was sent', () => {
    const result = applyFields(
      layout,
      { bio: ' Hi ', age: '7' },
      { bio: 'Old', age: 7, homePlanet: 'Earth' },
    );
    expect(result).toEqual({
      values: { bio: 'Hi', age: 7, homePlanet: 'Earth' },
      changed: ['bio'],
      errors: {},
      uploads: [],
      tags: [],
      postedAt: expect.any(Function),
    });
  });

  it.each([[undefined], [null], [''], [{}]])('changes nothing for %j', (posted) => {
    expect(applyFields(layout, posted, { bio: 'Old' })).toEqual({
      values: { bio: 'Old' },
      changed: [],
      errors: {},
      uploads: [],
      tags: [],
      postedAt: expect.any(Function),
    });
  });

  it.each([['text'], [5], [['bio']], [new Date()], [new File(['x'], 'x')]])(
    'refuses %o as fields',
    (posted) => {
      const { errors, values } = applyFields(layout, posted, { bio: 'Old' });
      expect(errors['']).toHaveLength(1);
      expect(values).toEqual({ bio: 'Old' });
    },
  );

  it('keeps the former value of what it refuses, and says why by the label', () => {
    const { values, errors, changed } = applyFields(
      layout,
      { bio: 'far too long a text', age: 'abc' },
      { bio: 'Old', age: 7 },
    );
    expect(values).toEqual({ bio: 'Old', age: 7 });
    expect(changed).toEqual([]);
    expect(errors).toEqual({
      bio: ['Bio should contain at most 10 characters.'],
      age: ['Your age must be a number.'],
    });
  });

  it('names a field that only server code writes, and leaves it alone', () => {
    const { values, errors } = applyFields(layout, { creditLimit: '1000000' }, { creditLimit: 50 });
    expect(values).toEqual({ creditLimit: 50 });
    expect(errors).toEqual({ creditLimit: ['Credit limit cannot be changed here.'] });
    expect(applyFields(layout, { creditLimit: 70 }, { creditLimit: 50 }, { trusted: true }).values).toEqual({
      creditLimit: 70,
    });
  });

  it('names a field that there is none of', () => {
    expect(applyFields(layout, { shoeSize: '40' }, {}).errors).toEqual({
      shoeSize: ['There is no field “shoeSize”.'],
    });
  });

  // Arrays of a client once reached object construction in Craft: CVE-2025-32432, CVE-2023-41892.
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'class', 'as foo', 'on bar'])(
    'lets the key %j reach nothing (CVE-2025-32432)',
    (key) => {
      const posted: unknown = JSON.parse(`{"${key}":{"polluted":true,"frontend":true},"bio":"Hi"}`);
      const { values, errors } = applyFields(layout, posted, {});
      expect(Object.keys(errors)).toEqual([key]);
      expect(values).toEqual({ bio: 'Hi' });
      expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('keeps a copy of what a field of the app’s own making returns', () => {
    const passOn: Field = {
      type: 'raw',
      options: { frontend: true },
      initial: null,
      normalize: (posted) => ({ value: posted as FieldValue }),
    };
    class Sly {
      readonly list = [1];
    }
    const posted = new Sly();
    const { values } = applyFields({ raw: passOn }, { raw: posted }, {});
    posted.list.push(2);
    expect(values).toEqual({ raw: { list: [1] } });
    expect(Object.getPrototypeOf(values['raw'])).toBe(Object.prototype);
  });

  it('never throws, and keeps nothing but fields of the layout, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withDate: true }), (posted) => {
        const { values } = applyFields(layout, posted, {});
        expect(Object.keys(layout)).toEqual(expect.arrayContaining(Object.keys(values)));
      }),
    );
  });
});

describe('required fields', () => {
  it('must have a value, sent or not, when the whole is judged', () => {
    const { errors } = applyFields(layout, { bio: 'Hi' }, {}, { checkRequired: true });
    expect(errors).toEqual({
      homePlanet: ['Home planet cannot be blank.'],
      terms: ['Terms cannot be blank.'],
    });
    const kept = { homePlanet: 'Earth', terms: true };
    expect(applyFields(layout, {}, kept, { checkRequired: true }).errors).toEqual({});
  });

  it('cannot be cleared', () => {
    const kept = { homePlanet: 'Earth', terms: true };
    const { errors } = applyFields(layout, { homePlanet: ' ', terms: '' }, kept, { checkRequired: true });
    expect(Object.keys(errors)).toEqual(['homePlanet', 'terms']);
  });

  it('are not asked for otherwise', () => {
    expect(applyFields(layout, { homePlanet: '' }, {}).errors).toEqual({});
  });

  it('are asked of server code where only it can give them', () => {
    const kept = { homePlanet: 'Earth', terms: true };
    const { errors } = applyFields(layout, {}, kept, { checkRequired: true, trusted: true });
    expect(errors).toEqual({ creditLimit: ['Credit limit cannot be blank.'] });
  });

  it('have one error, not two', () => {
    const number = { age: field.number({ frontend: true, required: true }) };
    expect(applyFields(number, { age: 'abc' }, {}, { checkRequired: true }).errors).toEqual({
      age: ['Age must be a number.'],
    });
  });
});

it('gives a new owner the initial values', () => {
  expect(initialFields({ ...layout, news: field.lightswitch({ default: true }) })).toEqual({
    bio: null,
    age: null,
    homePlanet: null,
    terms: false,
    creditLimit: null,
    news: true,
  });
});
