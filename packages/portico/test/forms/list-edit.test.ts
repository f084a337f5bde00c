import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyListEdit } from '../../src/outcome/list-edit.ts';
import { parseFieldName } from '../../src/lib/field-path.ts';

type Pair = readonly [string, string];
const short = (entries: readonly (readonly [string, string | File])[] | undefined) =>
  entries?.map(([name, value]) => `${(parseFieldName(name) ?? [name]).join('.')}=${String(value)}`).join(' ');

describe('a list button', () => {
  const three: Pair[] = [
    ['title', 't'],
    ['items[0][qty]', 'a'],
    ['items.1.qty', 'b'],
    ['items[1].note', 'n'],
    ['items[2].qty', 'c'],
  ];
  test.each<[string, Pair[], string, number]>([
    ['add:items', three, 'title=t items.0.qty=a items.1.qty=b items.1.note=n items.2.qty=c', 4],
    ['add:items', [['title', 't']], 'title=t', 1],
    ['remove:items:0', three, 'title=t items.0.qty=b items.0.note=n items.1.qty=c', 2],
    ['remove:items:1', three, 'title=t items.0.qty=a items.1.qty=c', 2],
    ['remove:items:2', three, 'title=t items.0.qty=a items.1.qty=b items.1.note=n', 2],
    ['remove:items:3', three, 'title=t items.0.qty=a items.1.qty=b items.1.note=n items.2.qty=c', 3],
    ['up:items:1', three, 'title=t items.1.qty=a items.0.qty=b items.0.note=n items.2.qty=c', 3],
    ['up:items:0', three, 'title=t items.0.qty=a items.1.qty=b items.1.note=n items.2.qty=c', 3],
    ['down:items:1', three, 'title=t items.0.qty=a items.2.qty=b items.2.note=n items.1.qty=c', 3],
    ['down:items:2', three, 'title=t items.0.qty=a items.1.qty=b items.1.note=n items.2.qty=c', 3],
    [
      'add:items',
      [
        ['items[7].qty', 'a'],
        ['items[900000000].qty', 'b'],
      ],
      'items.0.qty=a items.1.qty=b',
      3,
    ],
    [
      'remove:items:0',
      [
        ['items[3].qty', 'a'],
        ['items[5].qty', 'b'],
      ],
      'items.0.qty=b',
      1,
    ],
    [
      'remove:tags:0',
      [
        ['tags[]', 'a'],
        ['tags[]', 'b'],
      ],
      'tags.0=b',
      1,
    ],
    [
      'up:tags:1',
      [
        ['tags', 'a'],
        ['tags', 'b'],
      ],
      'tags.1=a tags.0=b',
      2,
    ],
    [
      'remove:tags:1',
      [
        ['tags', ''],
        ['tags[0]', 'a'],
        ['tags[]', 'b'],
      ],
      'tags= tags.0=a',
      1,
    ],
    [
      'remove:items:0',
      [
        ['items[x].qty', 'a'],
        ['items.01.qty', 'b'],
        ['items[]', 'c'],
        ['itemsx[0]', 'd'],
      ],
      'items.x.qty=a items.01.qty=b itemsx.0=d',
      0,
    ],
    [
      'remove:items:0',
      [
        ['items[0][a]b]', 'x'],
        ['items[1].q', 'z'],
        ['items[2].a]b', 'y'],
      ],
      'items[0][a]b]=x items.0.a]b=y',
      1,
    ],
  ])('%s of %j', (intent, entries, expected, rows) => {
    const edit = applyListEdit(entries, intent);
    expect(short(edit?.entries)).toBe(expected);
    expect([...(edit?.rows ?? [])]).toEqual([[intent.split(':')[1], rows]]);
  });

  test('of a list inside of a list, in any notation', () => {
    const entries: Pair[] = [
      ['a[0].b[0].c', 'x'],
      ['a[1].b[0].c', 'y'],
      ['a[1].b[1].c', 'z'],
    ];
    for (const list of ['a.1.b', 'a[1][b]', 'a[1].b']) {
      const edit = applyListEdit(entries, `remove:${list}:0`);
      expect(short(edit?.entries)).toBe('a.0.b.0.c=x a.1.b.0.c=z');
      expect([...(edit?.rows ?? [])]).toEqual([['a.1.b', 1]]);
    }
  });

  test.each([
    '',
    'add',
    'add:',
    'remove:items',
    'remove:items:',
    'remove:items:-1',
    'remove:items:01',
    'remove:items:1e3',
    'remove:items:x',
    'move:items:1',
    'ADD:items',
    'add:__proto__',
    'add:a.constructor.b',
    'remove:prototype:0',
    'add:items[]',
    'add:a[b',
    'add:a..b',
    `add:${'a.'.repeat(40)}b`,
    'remove:items:99999999999',
    ' add:items',
  ])('%j is none', (intent) => {
    expect(applyListEdit([['items[0]', 'a']], intent)).toBeUndefined();
  });
});

describe('whatever was sent', () => {
  const name = fc.oneof(
    fc.stringMatching(/^(items|tags)(\[\d{0,3}\]|\.\d{0,3}){0,2}(\[q\]|\.q)?$/),
    fc.string({ unit: fc.constantFrom('i', '[', ']', '.', '0', '1'), maxLength: 8 }),
  );
  const entries = fc.array(fc.tuple(name, fc.string({ maxLength: 3 })), { maxLength: 12 });
  const intent = fc.oneof(
    fc.stringMatching(/^(remove|up|down):items:[0-4]$/),
    fc.constantFrom('add:items', 'add:i.0', 'remove:i:0'),
  );

  test('only a removed row loses values, and what is not of the list stays as it was', () => {
    fc.assert(
      fc.property(entries, intent, (given, button) => {
        const edit = applyListEdit(given, button);
        if (!edit) throw new Error('no edit');
        const [list = ''] = edit.rows.keys();
        const isOfList = (field: string) => (parseFieldName(field) ?? [field]).join('.').startsWith(list);
        const values = (pairs: readonly (readonly [string, unknown])[]) =>
          pairs.map(([, value]) => value).sort();
        if (!button.startsWith('remove')) expect(values(edit.entries)).toEqual(values(given));
        expect(edit.entries.filter(([field]) => !isOfList(field))).toEqual(
          given.filter(([field]) => !isOfList(field)),
        );
        expect(edit.entries.length).toBeLessThanOrEqual(given.length);
      }),
    );
  });

  test('never more rows than fields, but for the one that was added', () => {
    fc.assert(
      fc.property(entries, intent, (given, button) => {
        const [rows = 0] = applyListEdit(given, button)?.rows.values() ?? [];
        expect(rows).toBeLessThanOrEqual(given.length + 1);
      }),
    );
  });

  test('up undoes down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.nat(4), (count, index) => {
        fc.pre(index + 1 < count);
        const given = Array.from({ length: count }, (_, row): Pair => [`items[${row}][q]`, `v${row}`]);
        const down = applyListEdit(given, `down:items:${index}`);
        expect(applyListEdit(down?.entries ?? [], `up:items:${index + 1}`)?.entries).toEqual(given);
      }),
    );
  });
});
