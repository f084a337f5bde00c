import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import type { Field, ValuesOf } from '../../src/fields/field.ts';
import { posting } from '../support/posting.ts';

const kept = (given: Field, posted: unknown): unknown => {
  const result = given.normalize(posted, 'It', posting());
  if ('value' in result) return result.value;
  return `refused: ${'error' in result ? result.error : JSON.stringify(result.errors)}`;
};

describe('field.text', () => {
  it.each([
    ['  hello \r\n world\r ', 'hello \n world'],
    ['', null],
    [' \n ', null],
    [null, null],
    [undefined, null],
    ['日本', '日本'],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.text(), posted)).toBe(expected);
  });

  it.each([[5], [true], [['a']], [{ a: 'b' }], [new Date()], [new File(['x'], 'x.txt')]])(
    'refuses %o, which is no text',
    (posted) => {
      expect(kept(field.text(), posted)).toBe('refused: It must be text.');
    },
  );

  it.each([['a\0b'], ['half \ud83d character']])('refuses %j, which no database stores', (posted) => {
    expect(kept(field.text(), posted)).toBe('refused: It has characters that cannot be stored.');
  });

  it('counts characters, not halves of them', () => {
    const short = field.text({ charLimit: 2 });
    expect(kept(short, '😀😀')).toBe('😀😀');
    expect(kept(short, 'abc')).toBe('refused: It should contain at most 2 characters.');
  });
});

describe('field.number', () => {
  it.each([
    ['1234.5', 1234.5],
    [' -7 ', -7],
    ['+3', 3],
    ['.5', 0.5],
    ['-0', 0],
    [12, 12],
    [0, 0],
    ['0', 0],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.number(), posted)).toBe(expected);
  });

  it.each([
    ['abc'],
    ['1,5'],
    ['0x10'],
    ['1e3'],
    ['Infinity'],
    [NaN],
    ['1 2'],
    [true],
    [['1']],
    [{ value: '1' }],
  ])('refuses %j and never makes 0 of it', (posted) => {
    expect(kept(field.number(), posted)).toBe('refused: It must be a number.');
  });

  it('refuses a number that would silently become another', () => {
    expect(kept(field.number(), '9007199254740993')).toBe('refused: It is too large a number.');
  });

  it.each([
    [{ min: 1 }, '0', 'refused: It must be no less than 1.'],
    [{ max: 5 }, '5.1', 'refused: It must be no greater than 5.'],
    [{ decimals: 0 }, '1.5', 'refused: It must be a whole number.'],
    [{ decimals: 2 }, '1.005', 'refused: It must have at most 2 decimals.'],
    [{ decimals: 2 }, '1.10', 1.1],
    [{ min: -5, max: 5, decimals: 0 }, '-5', -5],
  ])('with %j makes of %j: %j', (options, posted, expected) => {
    expect(kept(field.number(options), posted)).toBe(expected);
  });

  it('keeps a finite number or null, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), (posted) => {
        const result = field.number().normalize(posted, 'It', posting());
        return !('value' in result) || result.value === null || Number.isFinite(result.value);
      }),
    );
  });
});

describe('field.lightswitch', () => {
  it.each([
    [true, true],
    ['on', true],
    ['true', true],
    ['1', true],
    ['yes', true],
    [1, true],
    [false, false],
    ['off', false],
    ['false', false],
    ['0', false],
    ['no', false],
    [0, false],
    ['', false],
    [null, false],
  ])('takes %j for %j', (posted, expected) => {
    expect(kept(field.lightswitch(), posted)).toBe(expected);
  });

  it.each([['maybe'], [2], [['1']], [{}]])('refuses %j', (posted) => {
    expect(kept(field.lightswitch(), posted)).toBe('refused: It must be on or off.');
  });

  it('stands as its default says, off unless told', () => {
    expect(field.lightswitch().initial).toBe(false);
    expect(field.lightswitch({ default: true }).initial).toBe(true);
  });
});

describe('field.dropdown', () => {
  const size = field.dropdown({ options: ['s', { value: 'l', label: 'Large' }] });

  it.each([
    ['s', 's'],
    [' l ', 'l'],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(size, posted)).toBe(expected);
  });

  it.each([['xl'], ['Large'], ['constructor'], ['__proto__'], [['s']], [1]])('refuses %j', (posted) => {
    expect(kept(size, posted)).toBe('refused: It is not one of its options.');
  });

  it('offers its options with their labels', () => {
    expect(size.options.options).toEqual([
      { value: 's', label: 's' },
      { value: 'l', label: 'Large' },
    ]);
  });

  it('takes a blank value where that is an option', () => {
    expect(kept(field.dropdown({ options: [{ value: '', label: 'Rather not' }, 'yes'] }), '')).toBe('');
  });

  it('cannot have two options of one value', () => {
    expect(() => field.dropdown({ options: ['a', { value: 'a', label: 'Again' }] })).toThrow('same value');
  });
});

describe('field.email', () => {
  it.each([
    [' ada@example.com ', 'ada@example.com'],
    ['ada@bücher.example', 'ada@bücher.example'],
    ["o'brien+x@sub.example.ie", "o'brien+x@sub.example.ie"],
    ['', null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.email(), posted)).toBe(expected);
  });

  it.each([
    ['ada'],
    ['ada@'],
    ['a@b@c.de'],
    ['ada@example.com\nBcc: x@y.zz'],
    [`${'a'.repeat(250)}@b.co`],
    [['a@b.co']],
  ])('refuses %j', (posted) => {
    expect(kept(field.email(), posted)).toBe('refused: It is not a valid email address.');
  });
});

describe('field.date', () => {
  it.each([
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T10:30', '2026-11-21T10:30:00.000Z'],
    ['2026-11-21 10:30:15', '2026-11-21T10:30:15.000Z'],
    ['2026-11-21T10:30:15.25+01:00', '2026-11-21T09:30:15.250Z'],
    ['2026-11-21T10:30:00Z', '2026-11-21T10:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0050-01-01', '0050-01-01T00:00:00.000Z'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [{ date: '2026-11-21' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '2026-11-21', time: '10:30' }, '2026-11-21T10:30:00.000Z'],
    [{ date: '2026-07-01', time: '10:30', timezone: 'Europe/Berlin' }, '2026-07-01T08:30:00.000Z'],
    [{ date: '2026-11-21', time: '10:30', timezone: 'America/New_York' }, '2026-11-21T15:30:00.000Z'],
    [{ date: '2026-11-21', time: '10:30', timezone: '+05:30' }, '2026-11-21T05:00:00.000Z'],
    [{ datetime: '2026-11-21T10:30', timezone: 'Asia/Tokyo' }, '2026-11-21T01:30:00.000Z'],
    // Skipped by the clocks of that night, and shown twice.
    [{ date: '2026-03-29', time: '02:30', timezone: 'Europe/Berlin' }, '2026-03-29T01:30:00.000Z'],
    [{ date: '2026-10-25', time: '02:30', timezone: 'Europe/Berlin' }, '2026-10-25T00:30:00.000Z'],
    ['', null],
    [null, null],
    [{ date: '', time: '', timezone: 'Europe/Berlin' }, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.date(), posted)).toBe(expected);
  });

  it.each([
    ['soon'],
    ['2026-02-30'],
    ['2026-13-01'],
    ['2026-11-21T24:00'],
    ['2026-11-21T10:30+99:00'],
    ['21.11.2026'],
    ['2026'],
    [1_795_000_000],
    [true],
    [['2026-11-21']],
    [{ time: '10:30' }],
    [{ date: '2026-11-21', timezone: 'Mars/Olympus' }],
    [{ date: '2026-11-21', timezone: 5 }],
    [{ date: { year: 2026 } }],
    [new Date(NaN)],
  ])('refuses %j, and never makes 1970 or today of it', (posted) => {
    expect(kept(field.date(), posted)).toBe('refused: It is not a valid date. Write it like 2026-11-21.');
  });

  it('takes the last day as a whole', () => {
    const due = field.date({ min: '2026-01-01', max: '2026-12-31' });
    expect(kept(due, '2026-12-31T23:59')).toBe('2026-12-31T23:59:00.000Z');
    expect(kept(due, '2027-01-01')).toBe('refused: It must not be after 2026-12-31.');
    expect(kept(due, '2025-12-31T23:59')).toBe('refused: It must not be before 2026-01-01.');
  });

  it('shows how a time is written where it asks for one', () => {
    expect(kept(field.date({ showTime: true }), 'soon')).toContain('Write it like 2026-11-21T10:30.');
  });

  it('cannot be bounded by what is no date', () => {
    expect(() => field.date({ min: 'today' })).toThrow('min is "today"');
  });

  it('keeps an ISO date in UTC or null, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), (posted) => {
        const result = field.date().normalize(posted, 'It', posting());
        return (
          !('value' in result) ||
          result.value === null ||
          new Date(result.value).toISOString() === result.value
        );
      }),
    );
  });
});

it('gives queries the types of the values', () => {
  const layout = {
    bio: field.text({ required: true }),
    age: field.number(),
    news: field.lightswitch(),
    size: field.dropdown({ options: ['s', { value: 'l', label: 'Large' }] }),
    born: field.date(),
  };
  expectTypeOf<ValuesOf<typeof layout>>().toEqualTypeOf<{
    readonly bio: string | null;
    readonly age: number | null;
    readonly news: boolean | null;
    readonly size: 's' | 'l' | null;
    readonly born: string | null;
  }>();
  expect(Object.values(layout).map(({ type }) => type)).toEqual([
    'text',
    'number',
    'lightswitch',
    'dropdown',
    'date',
  ]);
});
