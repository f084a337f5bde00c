import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from '../../src/content/field.ts';
import type { Field, FieldValue } from '../../src/fields/field.ts';
import type { NotedTag, NotedUpload } from '../../src/fields/posting.ts';
import { branchCount, withAncestors } from '../../src/fields/with-ancestors.ts';
import { posting } from '../support/posting.ts';

function kept(given: Field, posted: unknown, current: FieldValue = null): unknown {
  const result = given.normalize(posted, 'It', posting(current));
  if ('value' in result) return result.value;
  return `refused: ${'error' in result ? result.error : JSON.stringify(result.errors)}`;
}

const NOT_IDS = 'refused: It must be a list of IDs, such as 5 or [5, 8].';
const relations: ReadonlyArray<readonly [string, Field]> = [
  ['entries', field.entries({ sections: ['posts'] })],
  ['categories', field.categories({ section: 'topics' })],
  ['tags', field.tags({ section: 'tags' })],
  ['users', field.users({ groups: ['members'] })],
];

describe.each(relations)('field.%s', (_name, relation) => {
  it.each([
    [
      [3, 1, 2],
      [3, 1, 2],
    ],
    [
      ['3', ' 1 ', 2],
      [3, 1, 2],
    ],
    [['', '5'], [5]],
    [[5, '5', 5], [5]],
    [{ 1: '8', 0: '9' }, [9, 8]],
    ['7', [7]],
    [7, [7]],
    ['', []],
    [[''], []],
    [[], []],
    [null, []],
  ])('keeps %j as %j', (posted, ids) => {
    expect(kept(relation, posted)).toEqual(ids);
  });

  it.each([
    [0],
    [-1],
    [1.5],
    [true],
    [[true]],
    [[[1]]],
    [[{ id: 1 }]],
    [{ id: 1 }],
    [new Date()],
    [new File(['x'], 'x.png')],
    [9007199254740993],
    ['9007199254740993'],
    [NaN],
  ])('refuses %o', (posted) => {
    expect(kept(relation, posted)).toBe(NOT_IDS);
  });

  it.each([1001, 100_000])('says how many it takes where there are %i', (length) => {
    expect(kept(relation, Array(length).fill('5'))).toBe(
      'refused: It should contain at most 1,000 selections at once.',
    );
    expect(kept(relation, Array(1000).fill('5'))).toEqual([5]);
  });

  it('never throws, and keeps what it kept', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withMap: true, withNullPrototype: true }), (posted) => {
        const result = relation.normalize(posted, 'It', posting());
        if (!('value' in result)) return;
        const again = relation.normalize(result.value, 'It', posting());
        expect(again).toEqual({ value: result.value });
      }),
    );
  });
});

it.each([['soon'], ['1e3'], ['0x1'], [['posts']]])('entries take no text: %j', (posted) => {
  expect(kept(field.entries(), posted)).toBe(NOT_IDS);
});

it.each([
  [{ min: 2 }, [1], 'It should contain at least 2 selections.'],
  [{ min: 1 }, [], 'It should contain at least 1 selection.'],
  [{ max: 1 }, [1, 2], 'It should contain at most 1 selection.'],
  [{ max: 2 }, [1, 2, 3], 'It should contain at most 2 selections.'],
  [{ min: 1, max: 2 }, [1, 2], undefined],
  [{}, [], undefined],
])('with %j, %j lacks: %s', (options, value, message) => {
  const expected = message === undefined ? undefined : { '': [message] };
  expect(field.entries(options).lacks?.(value, 'It')).toEqual(expected);
});

it('names what it refers to, with what it may be', () => {
  expect(field.entries({ sections: ['posts'] }).references?.([4, 2])).toEqual([
    { kind: 'entry', id: 4, path: '', allowed: { sections: ['posts'] } },
    { kind: 'entry', id: 2, path: '', allowed: { sections: ['posts'] } },
  ]);
  expect(field.users({ groups: ['staff'] }).references?.([4])).toEqual([
    { kind: 'user', id: 4, path: '', allowed: { groups: ['staff'] } },
  ]);
  expect(field.assets({ kinds: ['pdf'] }).references?.([4, -1])).toEqual([
    { kind: 'asset', id: 4, path: '', allowed: { volume: 'uploads', kinds: ['pdf'] } },
  ]);
  const topics = field.categories({ section: 'topics', maintainHierarchy: true, branchLimit: 2 });
  expect(topics.references?.([4])).toEqual([
    { kind: 'entry', id: 4, path: '', allowed: { sections: ['topics'] }, withParents: true, branchLimit: 2 },
  ]);
});

describe('field.tags with allowNew', () => {
  const tags = field.tags({ section: 'tags', allowNew: true });

  it.each([
    ['Clay, glaze ,, 5', [-1, -2, -3], ['Clay', 'glaze', '5']],
    ['1280', [-1], ['1280']],
    [['1280'], [1280], []],
    [1280, [1280], []],
    [['Clay', 'CLAY', 'clay '], [-1], ['Clay']],
    [[5, 'A  b'], [5, -1], ['A b']],
    [['', '7'], [7], []],
  ])('makes %j to %j and notes %j', (posted, ids, titles) => {
    const noted: NotedTag[] = [];
    const result = tags.normalize(posted, 'It', posting(null, { tags: noted }));
    expect(result).toEqual({ value: ids });
    expect(noted.map(({ title, section, path }) => [title, section, path])).toEqual(
      titles.map((title) => [title, 'tags', 'it']),
    );
  });

  it('refuses a title that is too long or cannot be stored, and notes none then', () => {
    const noted: NotedTag[] = [];
    const refused = (posted: unknown) => tags.normalize(posted, 'It', posting(null, { tags: noted }));
    expect(refused(['fine', 'x'.repeat(256)])).toEqual({
      error: 'It: a tag should contain at most 255 characters.',
    });
    expect(refused(['fine', 'a\0b'])).toEqual({ error: 'It has characters that cannot be stored.' });
    expect(noted).toEqual([]);
  });

  it('puts ids in the place of titles, each once', () => {
    expect(tags.withNoted?.([5, -1, -2], (id) => (id === -1 ? 5 : 9))).toEqual([5, 9]);
  });
});

it('field.tags without allowNew says which tag there is none of', () => {
  expect(kept(field.tags({ section: 'tags' }), 'Clay')).toBe(
    'refused: It: there is no tag “Clay”. Select tags by their IDs.',
  );
});

describe('field.assets', () => {
  const png = new File(['x'], 'x.png', { type: 'image/png' });
  const empty = new File([], '');
  const uri = `data:image/png;base64,${Buffer.from('hello').toString('base64')}`;

  it.each<[string, unknown, readonly number[], readonly string[]]>([
    ['ids', ['3', 1], [3, 1], []],
    ['one id', '3', [3], []],
    ['nothing', '', [], []],
    ['an empty list', [], [], []],
    ['a file beside what was selected', png, [8, -1], ['x.png']],
    ['files beside what was selected', [png, empty, png], [8, -1, -2], ['x.png', 'x.png']],
    ['a file input that was left empty', [empty], [8], []],
    ['a cleared field with an empty file input', ['', empty], [], []],
    ['ids and files mixed', ['3', png], [3, -1], ['x.png']],
    ['data URIs', { data: [uri], filename: ['a.png'] }, [8, -1], ['a.png']],
    ['a data URI without a name', { data: uri }, [8, -1], ['upload.png']],
    ['data that was left blank', { data: [''] }, [8], []],
    ['all of them', { data: [uri], filename: ['a.png'], 0: '3', 1: png }, [3, -1, -2], ['x.png', 'a.png']],
  ])('takes %s', (_what, posted, value, names) => {
    const uploads: NotedUpload[] = [];
    const result = field.assets().normalize(posted, 'It', posting([8], { uploads }));
    expect(result).toEqual({ value });
    expect(uploads.map(({ file }) => file.name)).toEqual(names);
  });

  it('lets a new file take the place of the only one there may be', () => {
    expect(kept(field.assets({ max: 1 }), ['8', png], [8])).toEqual([-1]);
    expect(kept(field.assets({ max: 1 }), ['8', empty], [8])).toEqual([8]);
  });

  it('notes with what rules a file is to be judged', async () => {
    const uploads: NotedUpload[] = [];
    const cover = field.assets({ volume: 'covers', kinds: ['image', 'pdf'], maxBytes: 10 });
    cover.normalize({ data: [uri] }, 'It', posting(null, { uploads }));
    expect(uploads[0]).toMatchObject({
      noted: -1,
      path: 'it',
      rules: { label: 'It', volume: 'covers', kinds: ['image', 'pdf'], maxBytes: 10 },
    });
    expect(await uploads[0]?.file.text()).toBe('hello');
  });

  it.each([
    [{ data: ['data:image/png;base64,@@@'] }],
    [{ data: ['data:image/png;base64,aGVsbG8'] }],
    [{ data: ['data:image/png;base64,'] }],
    [{ data: ['data:image/png,hello'] }],
    [{ data: ['https://example.com/x.png'] }],
    [{ data: [5] }],
    [{ data: { a: uri } }],
  ])('refuses %j as data', (posted) => {
    expect(kept(field.assets(), posted)).toBe(
      'refused: It: data must hold files as data URIs in base64, such as data:image/png;base64,….',
    );
  });

  it('refuses data that is too large before it decodes it', () => {
    expect(kept(field.assets({ maxBytes: 3 }), { data: [uri], filename: ['a.png'] })).toBe(
      'refused: It: “a.png” is too large.',
    );
  });

  it.each([['cover.png'], [[['3']]], [{ file: png }], [true], [{ data: [uri], path: '/etc/passwd' }]])(
    'refuses %o',
    (posted) => {
      expect(kept(field.assets(), posted)).toBe('refused: It must be files, or a list of IDs of files.');
    },
  );

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ data: fc.anything(), filename: fc.anything() })),
        (posted) => {
          const result = field.assets().normalize(posted, 'It', posting());
          expect('value' in result ? result.value : result).toBeDefined();
        },
      ),
    );
  });
});

describe('a hierarchy', () => {
  const parents: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 1, 7: 8, 8: 7 };
  const parentOf = (id: number): number | null => parents[id] ?? null;

  it.each([
    [[3], [1, 2, 3]],
    [
      [3, 4],
      [1, 2, 3, 4],
    ],
    [
      [1, 3],
      [1, 2, 3],
    ],
    [[5], [5]],
    [[], []],
    [[7], [8, 7]],
  ])('of %j is %j', (ids, complete) => {
    expect(withAncestors(ids, parentOf)).toEqual(complete);
    const topics = field.categories({ section: 'topics', maintainHierarchy: true });
    expect(topics.withParents?.(ids, parentOf)).toEqual(complete);
  });

  it.each([
    [[1, 2, 3], 1],
    [[1, 2, 3, 4], 2],
    [[], 0],
  ])('%j has %i branches', (ids, count) => {
    expect(branchCount(ids, parentOf)).toBe(count);
  });
});
