import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { field } from '../../src/content/field.ts';
import type { ValuesOf } from '../../src/fields/field.ts';
import { posting } from '../support/posting.ts';

const steps = field.table({
  columns: {
    step: field.text({ required: true, charLimit: 10 }),
    minutes: field.number({ min: 0 }),
    hot: field.lightswitch(),
    glaze: field.dropdown({ options: ['salt', 'ash'] }),
  },
  minRows: 1,
  maxRows: 2,
});
const row = (cells: Readonly<Record<string, unknown>>) => ({
  step: null,
  minutes: null,
  hot: false,
  glaze: null,
  ...cells,
});

function kept(posted: unknown, table: typeof steps | typeof fixed = steps): unknown {
  const result = table.normalize(posted, 'It', posting());
  return 'value' in result ? result.value : result;
}

describe('field.table', () => {
  it.each<[string, unknown]>([
    [
      'a list',
      [
        { step: 'Throw', minutes: '5' },
        { step: 'Fire', hot: 'on' },
      ],
    ],
    ['a record with numbers for keys', { 3: { step: 'Fire', hot: '1' }, 0: { step: 'Throw', minutes: 5 } }],
    [
      'JSON text',
      JSON.stringify([
        { step: 'Throw', minutes: 5 },
        { step: 'Fire', hot: true },
      ]),
    ],
    [
      'columns by their position',
      [
        { col1: 'Throw', col2: '5' },
        { col1: 'Fire', col3: 'on' },
      ],
    ],
    ['blank rows between', ['', { step: 'Throw', minutes: '5' }, { step: 'Fire', hot: 'yes' }]],
  ])('takes %s', (_what, posted) => {
    expect(kept(posted)).toEqual([row({ step: 'Throw', minutes: 5 }), row({ step: 'Fire', hot: true })]);
  });

  it.each([[''], [null], [[]], ['[]'], [['']], [{}]])('is cleared by %j', (posted) => {
    expect(kept(posted)).toEqual([]);
  });

  it.each([['rows'], [5], [true], [[5]], [['a']], [{ a: {} }], ['5'], ['"[]"'], [new Date()], [[[]]]])(
    'refuses %o',
    (posted) => {
      expect(kept(posted)).toEqual({ error: 'It must be a list of rows.' });
    },
  );

  it('says what is wrong with which cell, as it was posted', () => {
    const posted = {
      4: { step: 'far too long a step', minutes: 'soon' },
      7: { col4: 'lead', colour: 'red' },
    };
    expect(kept(posted)).toEqual({
      errors: {
        '4.step': ['Step should contain at most 10 characters.'],
        '4.minutes': ['Minutes must be a number.'],
        '7.col4': ['Glaze is not one of its options.'],
        '7.colour': ['There is no column “colour”.'],
      },
    });
  });

  it('lacks rows, and cells that are required, where it counts', () => {
    expect(steps.lacks?.([], 'It')).toEqual({ '': ['It should contain at least 1 row.'] });
    expect(steps.lacks?.([row({}), row({ step: 'a' }), row({ step: 'b' })], 'It')).toEqual({
      '': ['It should contain at most 2 rows.'],
      '0.step': ['Step cannot be blank.'],
    });
    expect(steps.lacks?.([row({ step: 'a' })], 'It')).toBeUndefined();
    const result = steps.normalize({ 4: {} }, 'It', posting());
    expect('value' in result && result.postedAt?.('0.step')).toBe('4.step');
  });

  it('is found by its words', () => {
    expect(steps.keywords?.([row({ step: 'Throw' }), row({ step: 'Fire' })])).toContain('Throw');
  });

  it('refuses rows beyond reason', () => {
    expect(kept(Array.from({ length: 1001 }, () => ({})))).toEqual({
      error: 'It should contain at most 1000 rows.',
    });
  });

  it.each([
    ['a list', () => field.table({ columns: { x: field.entries() } })],
    ['a table', () => field.table({ columns: { x: steps } })],
  ])('has no cells that hold %s', (_what, make) => {
    expect(make).toThrow(/^field\.table: the column x is of the kind \w+\. A cell holds one value/);
  });

  it('keeps typed rows', () => {
    type Row = NonNullable<ValuesOf<{ steps: typeof steps }>['steps']>[number];
    expectTypeOf<Row['minutes']>().toEqualTypeOf<number | null>();
    expectTypeOf<Row['glaze']>().toEqualTypeOf<'salt' | 'ash' | null>();
  });

  it('survives anything, and keeps what it kept', () => {
    const cell = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.boolean(), fc.anything());
    const posts = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.array(
        fc.dictionary(fc.constantFrom('step', 'minutes', '__proto__', 'constructor', 'col1', 'hot'), cell),
      ),
    );
    fc.assert(
      fc.property(posts, (posted) => {
        const result = steps.normalize(posted, 'It', posting());
        if ('value' in result)
          expect(steps.normalize(result.value, 'It', posting())).toMatchObject({ value: result.value });
        expect(Object.prototype).not.toHaveProperty('step');
      }),
    );
  });
});

const fixed = field.table({
  columns: { part: { type: 'heading', label: 'Part' }, done: field.lightswitch(), by: field.text() },
  staticRows: true,
  defaults: [{ part: 'Throw', by: 'Ann' }, { part: 'Fire' }],
});

describe('field.table with static rows', () => {
  it('has its rows before anybody has written any, and whatever is posted', () => {
    const initial = [
      { part: 'Throw', done: false, by: 'Ann' },
      { part: 'Fire', done: false, by: null },
    ];
    expect(fixed.initial).toEqual(initial);
    expect(kept('', fixed)).toEqual(initial);
    expect(kept([{ part: 'Hacked', done: 'on', by: 'Ben' }], fixed)).toEqual([
      { part: 'Throw', done: true, by: 'Ben' },
      initial[1],
    ]);
  });

  it('takes no further ones', () => {
    expect(kept([{}, {}, {}], fixed)).toEqual({ error: 'It should contain at most 2 rows.' });
  });
});
