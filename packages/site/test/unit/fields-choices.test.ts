import { describe, expect, expectTypeOf, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import type { ValuesOf } from '../../src/fields/field.ts';
import { kept } from '../support/kept.ts';

const base64 = (text: string): string => `base64:${Buffer.from(text).toString('base64')}`;

describe('field.lightswitch', () => {
  it.each([
    [true, true],
    ['on', true],
    ['On', true],
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['yes', true],
    ['y', true],
    [1, true],
    [false, false],
    ['off', false],
    ['false', false],
    ['0', false],
    ['no', false],
    ['n', false],
    [0, false],
    ['', false],
    [null, false],
  ])('takes %j for %j', (posted, expected) => {
    expect(kept(field.lightswitch(), posted)).toBe(expected);
  });

  it.each([['maybe'], ['constructor'], [2], [-1], [NaN], [['1']], [{}]])('refuses %j', (posted) => {
    expect(kept(field.lightswitch(), posted)).toBe('refused: It must be on or off.');
  });

  it('stands as its default says, off unless told', () => {
    expect(field.lightswitch().initial).toBe(false);
    expect(field.lightswitch({ default: true }).initial).toBe(true);
  });
});

describe.each([
  ['dropdown', field.dropdown({ options: ['s', { value: 'l', label: 'Large' }, '7', 'größe'] })],
  ['buttonGroup', field.buttonGroup({ options: ['s', { value: 'l', label: 'Large' }, '7', 'größe'] })],
  ['radio', field.radio({ options: ['s', { value: 'l', label: 'Large' }, '7', 'größe'] })],
])('field.%s', (type, size) => {
  it.each([
    ['s', 's'],
    [' l ', 'l'],
    ['7', '7'],
    [7, '7'],
    [base64('l'), 'l'],
    [base64('größe'), 'größe'],
    [base64('größe').replace(/=+$/, ''), 'größe'],
    ['"l"', 'l'],
    ['{"value":"l"}', 'l'],
    ['{"label":"Large","value":"l","selected":true,"valid":true}', 'l'],
    [{ label: 'Large', value: 'l' }, 'l'],
    ['__blank__', null],
    [base64('__blank__'), null],
    [base64(''), null],
    ['""', null],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(size, posted)).toBe(expected);
  });

  it.each([
    ['xl'],
    ['Large'],
    ['S'],
    ['constructor'],
    ['__proto__'],
    ['"xl"'],
    ['"l'],
    ['{"value":["l"]}'],
    ['{"__proto__":{"value":"l"}}'],
    ['{}'],
    ['["l"]'],
    ['null'],
    [base64('xl')],
    [base64(base64('l'))],
    ['base64:%%%%'],
    ['base64:/w=='],
    [['s']],
    [{ label: 'Large' }],
    [1],
    [true],
  ])('refuses %j', (posted) => {
    expect(kept(size, posted)).toBe('refused: It is not one of its options.');
  });

  it('offers its options with their labels, and is found by them', () => {
    expect(size.type).toBe(type);
    expect(size.options.options.slice(0, 2)).toEqual([
      { value: 's', label: 's' },
      { value: 'l', label: 'Large' },
    ]);
    expect(size.keywords?.('l')).toBe('Large');
  });
});

describe('field.dropdown', () => {
  it('takes a blank value, and one that looks encoded, where that is an option', () => {
    const rather = field.dropdown({ options: [{ value: '', label: 'Rather not' }, '__blank__', '"yes"'] });
    expect(kept(rather, '')).toBe('');
    expect(kept(rather, '__blank__')).toBe('__blank__');
    expect(kept(rather, '"yes"')).toBe('"yes"');
  });

  it('cannot have two options of one value', () => {
    expect(() => field.dropdown({ options: ['a', { value: 'a', label: 'Again' }] })).toThrow('same value');
  });
});

describe('field.radio with options of one’s own', () => {
  const open = field.radio({ options: ['red'], customOptions: true });

  it.each([
    ['red', 'red'],
    [' mauve ', 'mauve'],
    [base64('mauve'), 'mauve'],
    ['{"value":"mauve"}', 'mauve'],
    ['"mauve"', 'mauve'],
    ['{ braces', '{ braces'],
    ['base64:%', 'base64:%'],
    [5, '5'],
    ['__blank__', null],
    ['', null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(open, posted)).toBe(expected);
  });

  it.each([['x'.repeat(256)], ['a\0b'], ['\ud800'], [base64(base64('x'))], [['red', 'blue']], [true], [{}]])(
    'refuses %j',
    (posted) => {
      expect(kept(open, posted)).toBe('refused: It is not one of its options.');
    },
  );
});

describe.each([
  ['checkboxes', field.checkboxes({ options: ['red', 'green', { value: 'blue', label: 'Blue sky' }] })],
  ['multiSelect', field.multiSelect({ options: ['red', 'green', { value: 'blue', label: 'Blue sky' }] })],
])('field.%s', (type, colors) => {
  it.each([
    [['red'], ['red']],
    [
      ['blue', 'red'],
      ['red', 'blue'],
    ],
    [['', 'green', 'green'], ['green']],
    ['green', ['green']],
    ['["blue","red"]', ['red', 'blue']],
    ['[]', []],
    [
      [base64('blue'), '"red"', { value: 'green' }],
      ['red', 'green', 'blue'],
    ],
    [base64('blue'), ['blue']],
    [{ 0: 'blue', 1: 'red' }, ['red', 'blue']],
    [[''], []],
    [[], []],
    ['', []],
    [null, []],
    ['__blank__', []],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(colors, posted)).toEqual(expected);
  });

  it.each([
    [['red', 'mauve']],
    ['mauve'],
    ['["mauve"]'],
    ['["red"'],
    ['red,blue'],
    [[['red']]],
    [{ red: 'on' }],
    [true],
    [['__proto__']],
    [Array.from({ length: 1001 }, () => 'red')],
  ])('refuses %j', (posted) => {
    expect(kept(colors, posted)).toBe('refused: It has a value that is not one of its options.');
  });

  it('is none before anything is chosen, and blank without any', () => {
    expect(colors.type).toBe(type);
    expect(colors.initial).toEqual([]);
    expect(colors.isBlank?.([])).toBe(true);
    expect(colors.isBlank?.(['red'])).toBe(false);
  });

  it('gives its choices and their labels to queries', () => {
    expect(colors.choices?.(['red', 'blue'])).toEqual(['red', 'blue']);
    expect(colors.choices?.(null)).toEqual([]);
    expect(colors.keywords?.(['red', 'blue'])).toBe('red\nBlue sky');
  });
});

describe('field.checkboxes with options of one’s own', () => {
  const open = field.checkboxes({ options: ['red', 'blue'], customOptions: true });

  it('keeps them behind the options, in their own order', () => {
    expect(kept(open, ['zinc', 'blue', ' amber ', 'red', 'zinc'])).toEqual(['red', 'blue', 'zinc', 'amber']);
    expect(kept(open, 'zinc')).toEqual(['zinc']);
  });

  it('bounds their length and number', () => {
    expect(kept(open, ['x'.repeat(256)])).toBe('refused: It has a value that cannot be chosen.');
    expect(
      kept(
        open,
        Array.from({ length: 101 }, (_, index) => `c${index}`),
      ),
    ).toBe('refused: It should contain at most 100 values of your own.');
  });
});

it('gives queries the union of the options', () => {
  const layout = {
    size: field.dropdown({ options: ['s', { value: 'l', label: 'Large' }] }),
    align: field.buttonGroup({ options: ['left', 'right'] }),
    mood: field.radio({ options: ['good', 'bad'] }),
    open: field.radio({ options: ['good', 'bad'], customOptions: true }),
    colors: field.checkboxes({ options: ['red', 'blue'] }),
    tags: field.multiSelect({ options: ['a', 'b'], customOptions: true }),
  };
  expectTypeOf<ValuesOf<typeof layout>>().toEqualTypeOf<{
    readonly size: 's' | 'l' | null;
    readonly align: 'left' | 'right' | null;
    readonly mood: 'good' | 'bad' | null;
    readonly open: string | null;
    readonly colors: ReadonlyArray<'red' | 'blue'>;
    readonly tags: readonly string[];
  }>();
  expect(Object.keys(layout)).toHaveLength(6);
});
