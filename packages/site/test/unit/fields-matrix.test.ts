import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import { field } from '../../src/content/field.ts';
import { applyFields } from '../../src/fields/apply-fields.ts';
import type { Field, FieldValue, ValuesOf } from '../../src/fields/field.ts';
import type { NotedUpload } from '../../src/fields/posting.ts';
import { posting } from '../support/posting.ts';

const quote = entryType(
  'quote',
  {
    text: field.text({ frontend: true, required: true }),
    image: field.assets({ frontend: true }),
    secret: field.text(),
  },
  { id: 7, hasTitleField: false },
);
const link = entryType('link', { posts: field.entries({ frontend: true, max: 2 }) });
const blocks = field.matrix({ frontend: true, types: [quote, link], min: 1, max: 3 });

const UID = '11111111-2222-4333-8444-555555555555';
const OTHER = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const first = {
  id: 1,
  uid: UID,
  type: 'quote',
  title: null,
  slug: null,
  enabled: true,
  fields: { text: 'One', image: [], secret: 'kept' },
};
const second = {
  ...first,
  id: 4,
  uid: OTHER,
  enabled: false,
  fields: { text: 'Two', image: [9], secret: null },
};
const current = [first, second];

const GONE = ['It has no 321 any more. Leave it out, or send it as “new:1”.'];
const NO_LIST = ['It must be a list, or sent by IDs, with “new:1” for a new one.'];

function apply(posted: unknown, given: Field = blocks, before: FieldValue = current) {
  const result = given.normalize(posted, 'It', posting(before));
  return 'value' in result ? result.value : result;
}

const changed = { ...first, fields: { ...first.fields, text: 'Changed' } };
const made = (cells: Readonly<Record<string, unknown>> = {}) => ({
  id: 5,
  uid: expect.stringMatching(/^[\da-f-]{36}$/) as string,
  type: 'quote',
  title: null,
  slug: null,
  enabled: true,
  fields: { text: 'New', image: [], secret: null },
  ...cells,
});
const NEW = { type: 'quote', fields: { text: 'New' } };

describe('field.matrix', () => {
  it.each<[string, unknown, unknown]>([
    [
      'entries and their order',
      { sortOrder: ['new:1', 1], entries: { 1: { fields: { text: 'Changed' } }, 'new:1': NEW } },
      [made(), changed],
    ],
    [
      'an order as a form numbers it',
      { sortOrder: { 1: '1', 0: 'new:1' }, entries: { 1: { fields: { text: 'Changed' } }, 'new:1': NEW } },
      [made(), changed],
    ],
    ['the old name of them', { sortOrder: ['1'], blocks: { 1: { fields: { text: 'Changed' } } } }, [changed]],
    [
      'uids',
      { sortOrder: [OTHER, UID], entries: { [`uid:${UID}`]: { fields: { text: 'Changed' } } } },
      [second, changed],
    ],
    [
      'an id for one that has a uid in the order',
      { sortOrder: [UID], entries: { 1: { fields: { text: 'Changed' } } } },
      [changed],
    ],
    ['the entries alone', { 1: { fields: { text: 'Changed' } }, 'new:1': NEW }, [changed, made()]],
    ['entries without an order', { entries: { 4: {}, 'new:1': NEW } }, [second, made()]],
    ['an order alone', { sortOrder: ['4', '1'] }, [second, first]],
    ['an order with one twice', { sortOrder: ['4', 4, OTHER] }, [second]],
    ['a list', [{ id: 4 }, { id: '1', fields: { text: 'Changed' } }, NEW], [second, changed, made()]],
    ['a list by uids', [{ uid: OTHER }, { uid: UID, fields: { text: 'Changed' } }], [second, changed]],
    ['a list with blank ids for new ones', [{ id: '', uid: '', ...NEW }], [made()]],
    ['a list under its name', { entries: [{ id: 1 }, NEW] }, [first, made()]],
    ['rows of a form', { 0: { id: '4' }, 1: NEW }, [second, made()]],
    ['one row of a form', { 0: { id: '1', fields: { text: 'Changed' } } }, [changed]],
    ['blank rows beside others', ['', { id: 1 }], [first]],
    ['nothing', '', []],
    ['an order of nothing', { sortOrder: '', entries: { 1: {} } }, []],
    ['an empty list', [], []],
    ['an asterisk', '*', current],
    ['a type by its number', { 'new:1': { ...NEW, type: '7' } }, [made()]],
    ['a type as typeId', { 'new:1': { typeId: 7, fields: NEW.fields } }, [made()]],
    [
      'a uid for a new one',
      { [`uid:33333333-2222-4333-8444-555555555555`]: NEW },
      [made({ uid: '33333333-2222-4333-8444-555555555555' })],
    ],
    [
      'a uid beside a new one',
      { new1: { ...NEW, uid: '33333333-2222-4333-8444-555555555555' } },
      [made({ uid: '33333333-2222-4333-8444-555555555555' })],
    ],
    ['native values', { 4: { enabled: '1', slug: 'two' } }, [{ ...second, enabled: true, slug: 'two' }]],
    ['what tells how a form stood', { 4: { collapsed: '1', fresh: '' } }, [second]],
    [
      'a title',
      { 'new:1': { type: 'link', title: ' A  link ' } },
      [made({ type: 'link', title: 'A link', fields: { posts: [] } })],
    ],
  ])('takes %s', (_what, posted, expected) => {
    expect(apply(posted)).toEqual(expected);
  });

  it('gives a taken uid to nobody else', () => {
    const [entry] = apply({ 'new:1': { ...NEW, uid: UID } }) as ReadonlyArray<{ uid: string }>;
    expect(entry?.uid).not.toBe(UID);
  });

  it('never gives an id again that was there before', () => {
    expect(apply({ sortOrder: ['new:1'], entries: { 'new:1': NEW } })).toEqual([made()]);
  });

  it('changes the type of an entry, which begins anew', () => {
    expect(apply({ 1: { type: 'link', fields: { posts: [3] } } })).toEqual([
      { ...first, type: 'link', fields: { posts: [3] } },
    ]);
  });

  it('needs no type where there is only one', () => {
    const single = field.matrix({ types: [quote] });
    expect(apply({ 'new:1': { fields: { text: 'New' } } }, single, null)).toEqual([made({ id: 1 })]);
  });

  it.each<[string, unknown, Record<string, readonly string[]>]>([
    ['text', 'x', { '': NO_LIST }],
    ['a number', 5, { '': NO_LIST }],
    ['an id that is gone', { sortOrder: ['321'], entries: { 321: {} } }, { 'entries.321': GONE }],
    ['an id of a list that is gone', [{ id: 321 }], { '0': GONE }],
    [
      'a key that is none',
      { entries: { 'x y': {} } },
      { 'entries.x y': ['“x y” is no ID, and does not begin with “new”.'] },
    ],
    [
      'an order of what is none',
      { sortOrder: [[]] },
      { sortOrder: ['“object” is no ID, and does not begin with “new”.'] },
    ],
    [
      'a new one that was not sent',
      { sortOrder: ['new:1'] },
      { 'new:1': ['This is in the order, but was not sent.'] },
    ],
    [
      'an unknown type',
      { 'new:1': { type: 'video' } },
      { 'new:1.type': ['There is no entry type “video” here. There are quote, link.'] },
    ],
    ['no type', { 'new:1': {} }, { 'new:1.type': ['Say which entry type this is: quote, link.'] }],
    [
      'a title where there is none',
      { 1: { title: 'X' } },
      { '1.title': ['Entries of the type quote have no title to write.'] },
    ],
    [
      'a slug that is none',
      { 1: { slug: 'a/b' } },
      { '1.slug': ['Slug must be letters and digits, with -, _ or . between them.'] },
    ],
    ['another name', { 1: { ownerId: 3 } }, { '1.ownerId': ['There is no “ownerId” here.'] }],
    ['another name beside entries', { entries: {}, owner: 3 }, { owner: ['There is no “owner” here.'] }],
    [
      'an entry that is none',
      { entries: { 1: 'x' } },
      { 'entries.1': ['This must be a set of named values.'] },
    ],
    ['one twice', [{ id: 1 }, { uid: UID }], { '1': ['This was sent twice.'] }],
    [
      'a field of nobody',
      { entries: { 1: { fields: { body: 'x' } } } },
      { 'entries.1.fields.body': ['There is no field “body”.'] },
    ],
    [
      'a field of the server',
      { blocks: { 1: { fields: { secret: 'x' } } } },
      { 'blocks.1.fields.secret': ['Secret cannot be changed here.'] },
    ],
    [
      'fields that are none',
      { 1: { fields: 'x' } },
      { '1.fields': ['Fields are sent by their handles: fields[bio], or { "fields": { "bio": … } }.'] },
    ],
    [
      'bad values',
      [{ type: 'link', fields: { posts: 'soon' } }],
      { '0.fields.posts': ['Posts must be a list of IDs, such as 5 or [5, 8].'] },
    ],
  ])('refuses %s where it was posted', (_what, posted, errors) => {
    expect(apply(posted)).toEqual({ errors });
  });

  it('lacks what its enabled entries lack, where it counts', () => {
    expect(blocks.lacks?.([], 'It')).toEqual({ '': ['It should contain at least 1 entry.'] });
    const empty = { ...first, fields: {} };
    expect(
      blocks.lacks?.(
        [
          empty,
          { ...empty, enabled: false },
          { ...empty, type: 'link', fields: { posts: [1, 2, 3] } },
          first,
        ],
        'It',
      ),
    ).toEqual({
      '': ['It should contain at most 3 entries.'],
      '0.fields.text': ['Text cannot be blank.'],
      '2.title': ['Title cannot be blank.'],
      '2.fields.posts': ['Posts should contain at most 2 selections.'],
    });
    expect(blocks.lacks?.([first], 'It')).toBeUndefined();
  });

  it('says what is lacking where it was posted', () => {
    const layout = { blocks };
    const posted = { sortOrder: ['new:1', 1], entries: { 1: {}, 'new:1': { type: 'quote' } } };
    const options = { checkRequired: true };
    const { errors, postedAt } = applyFields(layout, { blocks: posted }, { blocks: current }, options);
    expect(errors).toEqual({ 'blocks.entries.new:1.fields.text': ['Text cannot be blank.'] });
    expect(postedAt('blocks.0.fields.image')).toBe('blocks.entries.new:1.fields.image');
    expect(postedAt('blocks')).toBe('blocks');
    expect(applyFields(layout, {}, {}).postedAt('blocks.0.fields.image')).toBe('blocks.0.fields.image');
  });

  it('hands on what its entries name, note and are found by', () => {
    const noted: NotedUpload[] = [];
    const file = new File(['x'], 'x.png');
    const result = blocks.normalize(
      { entries: { 4: { fields: { image: ['9', file] } } } },
      'It',
      posting(current, { uploads: noted }),
    );
    const value = 'value' in result ? result.value : null;
    expect(noted.map(({ path }) => path)).toEqual(['it.entries.4.fields.image']);
    expect(blocks.references?.(value)).toEqual([
      { kind: 'asset', id: 9, path: '0.fields.image', allowed: { volume: 'uploads', kinds: ['image'] } },
    ]);
    expect(blocks.withNoted?.(value, () => 77)).toMatchObject([{ fields: { image: [9, 77], text: 'Two' } }]);
    expect(blocks.keywords?.([first, second])).toBe('One kept');
  });

  it('lets server code write every field', () => {
    const result = blocks.normalize(
      { 1: { fields: { secret: 'x' } } },
      'It',
      posting(current, { trusted: true }),
    );
    expect(result).toMatchObject({ value: [{ fields: { secret: 'x' } }] });
  });

  it('nests five deep, with errors where they were posted', () => {
    let deepest: Field = field.text({ frontend: true, charLimit: 3 });
    let posted: unknown = 'too long';
    let path = '';
    for (let depth = 0; depth < 5; depth++) {
      deepest = field.matrix({ frontend: true, types: [entryType('level', { inner: deepest })] });
      posted = { sortOrder: ['new:1'], entries: { 'new:1': { type: 'level', fields: { inner: posted } } } };
      path = `entries.new:1.fields.inner${path === '' ? '' : `.${path}`}`;
    }
    const label = 'Inner should contain at most 3 characters.';
    expect(apply(posted, deepest, null)).toEqual({ errors: { [path]: [label] } });
  });

  it('takes no more entries than a person writes', () => {
    const many = Array.from({ length: 501 }, () => NEW);
    expect(apply(many)).toEqual({ errors: { '': ['This holds at most 500 at once.'] } });
  });

  it('keeps typed entries', () => {
    type Entry = NonNullable<ValuesOf<{ blocks: typeof blocks }>['blocks']>[number];
    expectTypeOf<Entry['type']>().toEqualTypeOf<'quote' | 'link'>();
    expectTypeOf<Extract<Entry, { type: 'quote' }>['fields']['text']>().toEqualTypeOf<string | null>();
  });

  it('needs types', () => {
    expect(() => field.matrix({ types: [] })).toThrow(/^field\.matrix: types is empty/);
  });
});

describe('hostile posts', () => {
  const keys = fc.constantFrom(
    ...[
      'entries',
      'blocks',
      'sortOrder',
      '__proto__',
      'constructor',
      'prototype',
      'hasOwnProperty',
      'toString',
    ],
    ...[
      '1',
      '0',
      '4',
      'new:1',
      'new1',
      `uid:${UID}`,
      UID,
      'type',
      'fields',
      'id',
      'uid',
      'title',
      'enabled',
      'text',
    ],
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>('quote', 'link', '', null, 1, true, '1', UID, new Date(0)),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc
        .array(fc.tuple(keys, tie('tree')), { maxLength: 5 })
        .map(
          (pairs) =>
            JSON.parse(
              `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`,
            ) as unknown,
        ),
    ),
  }));

  it.each<[string, Field]>([
    ['a Matrix', blocks],
    ['a content block', field.contentBlock({ fields: { text: field.text({ frontend: true }), blocks } })],
    ['addresses', field.addresses()],
  ])('never break %s nor reach a prototype, and what is kept is kept again', (_what, given) => {
    fc.assert(
      fc.property(fc.oneof(tree, fc.anything()), (posted) => {
        const result = given.normalize(posted, 'It', posting(current));
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as Record<string, unknown>)['text']).toBeUndefined();
        if (!('value' in result) || result.value === null) return;
        const again = given.normalize(result.value, 'It', posting(result.value, { trusted: true }));
        expect(again).toMatchObject({ value: result.value });
      }),
      { numRuns: 300 },
    );
  });
});

describe('field.contentBlock', () => {
  const seo = field.contentBlock({
    frontend: true,
    fields: {
      words: field.text({ frontend: true, required: true, charLimit: 5 }),
      image: field.assets({ frontend: true, max: 1 }),
    },
  });

  it.each<[string, unknown]>([
    ['its fields by name', { fields: { words: 'Hi', image: ['3'] } }],
    ['its fields alone', { words: 'Hi', image: '3' }],
  ])('takes %s', (_what, posted) => {
    expect(apply(posted, seo, null)).toEqual({ words: 'Hi', image: [3] });
  });

  it('changes only what was sent, and nothing is nothing', () => {
    expect(apply({ words: 'New' }, seo, { words: 'Old', image: [3] })).toEqual({ words: 'New', image: [3] });
    expect(apply('', seo, { words: 'Old', image: [3] })).toBeNull();
  });

  it.each<[unknown, unknown]>([
    ['x', { error: 'It must be sent by the handles of its fields.' }],
    [[1], { error: 'It must be sent by the handles of its fields.' }],
    [
      { fields: { words: 'far too long' } },
      { errors: { 'fields.words': ['Words should contain at most 5 characters.'] } },
    ],
    [{ words: 'far too long' }, { errors: { words: ['Words should contain at most 5 characters.'] } }],
    [{ fields: {}, type: 'x' }, { errors: { type: ['This is not known beside fields.'] } }],
    [{ nope: 1 }, { errors: { nope: ['There is no field “nope”.'] } }],
  ])('of %j it says %j', (posted, refusal) => {
    expect(apply(posted, seo, null)).toEqual(refusal);
  });

  it('lacks what its fields lack, also where nothing was ever written', () => {
    expect(seo.lacks?.(null, 'It')).toEqual({ words: ['Words cannot be blank.'] });
    expect(seo.lacks?.({ words: 'Hi', image: [1, 2] }, 'It')).toEqual({
      image: ['Image should contain at most 1 selection.'],
    });
    expect(seo.references?.({ words: 'Hi', image: [1] })).toMatchObject([{ id: 1, path: 'image' }]);
    expect(seo.withNoted?.({ words: 'Hi', image: [-1] }, () => 8)).toEqual({ words: 'Hi', image: [8] });
  });
});

describe('field.addresses', () => {
  const addresses = field.addresses({ frontend: true, max: 2, requiredFields: ['title'] });
  const home = {
    countryCode: 'US',
    addressLine1: '1 Main St',
    locality: 'Town',
    administrativeArea: 'CA',
    postalCode: '90001',
  };
  const [kept] = (apply({ 'new:1': { ...home, title: 'Home' } }, addresses, null) ??
    []) as readonly FieldValue[];

  it('keeps an address whole, with what is not used as null', () => {
    expect(kept).toMatchObject({ id: 1, ...home, title: 'Home', organization: null, latitude: null });
  });

  it.each<[string, unknown, unknown]>([
    [
      'a change by id',
      { sortOrder: ['1'], addresses: { 1: { locality: 'City' } } },
      [{ id: 1, locality: 'City', postalCode: '90001' }],
    ],
    [
      'a list',
      [{ id: 1 }, { ...home, fullName: 'Ann Lee' }],
      [{ id: 1 }, { id: 2, firstName: 'Ann', lastName: 'Lee' }],
    ],
    ['coordinates', [{ id: 1, latitude: '1.5', longitude: 2 }], [{ latitude: 1.5, longitude: 2 }]],
    ['nothing', '', []],
    ['an asterisk', '*', [{ id: 1 }]],
  ])('takes %s', (_what, posted, expected) => {
    expect(apply(posted, addresses, [kept ?? null])).toMatchObject(expected as object);
  });

  it.each<[string, unknown, unknown]>([
    [
      'a country that is none',
      { new1: { countryCode: 'Germany' } },
      { errors: { 'new1.countryCode': [expect.stringMatching(/^Country must be the two letters/)] } },
    ],
    [
      'a postal code that is none',
      { addresses: { 1: { postalCode: 'X' } } },
      { errors: { 'addresses.1.postalCode': [expect.stringMatching(/^ZIP code is not valid for/i)] } },
    ],
    [
      'a number that is none',
      [{ id: 1, latitude: 'north' }],
      { errors: { '0.latitude': ['Latitude must be a number.'] } },
    ],
    ['a list as a line', [{ id: 1, locality: ['x'] }], { errors: { '0.locality': ['This must be text.'] } }],
    ['another name', [{ id: 1, ownerId: 3 }], { errors: { '0.ownerId': ['There is no “ownerId” here.'] } }],
  ])('refuses %s', (_what, posted, refusal) => {
    expect(apply(posted, addresses, [kept ?? null])).toEqual(refusal);
  });

  it('lacks lines that its country asks for, once it counts', () => {
    const draft = apply({ new1: { countryCode: 'US' } }, addresses, null) as FieldValue;
    expect(addresses.lacks?.(draft, 'It')).toMatchObject({
      '0.addressLine1': [expect.stringMatching(/cannot be blank\.$/)],
      '0.title': [expect.stringMatching(/cannot be blank\.$/)],
    });
    expect(addresses.lacks?.([kept ?? null, kept ?? null, kept ?? null], 'It')).toEqual({
      '': ['It should contain at most 2 addresses.'],
    });
  });
});
