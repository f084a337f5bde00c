import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { kept } from '../support/kept.ts';

describe('field.number', () => {
  it.each([
    ['1234.5', 1234.5],
    [' -7 ', -7],
    ['+3', 3],
    ['.5', 0.5],
    ['-0', 0],
    [12, 12],
    [1e-7, 1e-7],
    [0, 0],
    ['0', 0],
    ['', null],
    [null, null],
    [{ value: '1234.5' }, 1234.5],
    [{ value: 12.5, locale: 'de' }, 12.5],
    [{ value: '', locale: 'de' }, null],
    [{ value: ' ', locale: 'nowhere' }, null],
    [{ value: '1,234.5', locale: 'en-US' }, 1234.5],
    [{ value: '1,234.5', locale: 'en_US' }, 1234.5],
    [{ value: '1.234,5', locale: 'de' }, 1234.5],
    [{ value: '-1.234.567,25', locale: 'de-DE' }, -1234567.25],
    [{ value: '1234,5', locale: 'de' }, 1234.5],
    [{ value: '1 234,5', locale: 'fr' }, 1234.5],
    [{ value: '1\u202f234,5', locale: 'fr' }, 1234.5],
    [{ value: '1\u00a0234,5', locale: 'fr' }, 1234.5],
    [{ value: '1’234.5', locale: 'de-CH' }, 1234.5],
    [{ value: "1'234.5", locale: 'de-CH' }, 1234.5],
    [{ value: '−7', locale: 'sv' }, -7],
    [{ value: '12,34,567.8', locale: 'en-IN' }, 1234567.8],
    [{ value: '١٬٢٣٤٫٥', locale: 'ar-EG' }, 1234.5],
    [{ value: '۱٬۲۳۴٫۵', locale: 'fa' }, 1234.5],
    [{ value: '\u200e−۷', locale: 'fa-IR' }, -7],
    [{ value: '१२', locale: 'hi-u-nu-deva' }, 12],
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
    [Infinity],
    ['1 2'],
    [`1.${'0'.repeat(1_000_000)}1`],
    [{ value: '1,'.repeat(500_000), locale: 'en' }],
    [true],
    [['1']],
    [{}],
    [{ locale: 'de' }],
    [{ value: ['1'] }],
    [{ value: '1', locale: 'nowhere-at-all' }],
    [{ value: '1', locale: '../etc' }],
    [{ value: '1', locale: 5 }],
    [{ value: '1', locale: 'x'.repeat(5000) }],
    // A number input posts this whatever the language: as 15 it would be ten times as much.
    [{ value: '1.5', locale: 'de' }],
    [{ value: '1,23,456', locale: 'en-US' }],
    [{ value: '1,234,5', locale: 'en' }],
    [{ value: ',234', locale: 'en' }],
    [{ value: '1,5,5', locale: 'de' }],
    [{ value: 'abc', locale: 'de' }],
    [{ value: '1e3', locale: 'de' }],
  ])('refuses %j and never makes 0 of it', (posted) => {
    expect(kept(field.number(), posted)).toBe('refused: It must be a number.');
  });

  it.each([['9007199254740993'], [1e21], [{ value: '9.007.199.254.740.993', locale: 'de' }]])(
    'refuses %j, which would silently become another',
    (posted) => {
      expect(kept(field.number(), posted)).toBe('refused: It is too large a number.');
    },
  );

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

  it('reads what Intl writes, in every language', () => {
    const locale = fc.constantFrom(
      'en',
      'de',
      'fr',
      'sv',
      'ar-EG',
      'fa',
      'he',
      'hi',
      'en-IN',
      'de-CH',
      'pl',
      'es',
    );
    const cents = fc.integer({ min: -1e11, max: 1e11 });
    fc.assert(
      fc.property(locale, cents, (tag, amount) => {
        const number = amount / 100 + 0;
        const value = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }).format(number);
        expect(kept(field.number(), { value, locale: tag })).toBe(number);
      }),
    );
  });
});

describe('field.range', () => {
  it.each([
    [{}, '50', 50],
    [{}, { value: '50', locale: 'de' }, 50],
    [{}, '', null],
    [{}, '101', 'refused: It must be no greater than 100.'],
    [{}, '-1', 'refused: It must be no less than 0.'],
    [{}, '0.5', 'refused: It must go in steps of 1 from 0.'],
    [{}, 'abc', 'refused: It must be a number.'],
    [{ min: 0, max: 1, step: 0.1 }, '0.3', 0.3],
    [{ min: 0, max: 1, step: 0.1 }, '0.35', 'refused: It must go in steps of 0.1 from 0.'],
    [{ min: 1, max: 9, step: 2 }, 5, 5],
    [{ min: 1, max: 9, step: 2 }, 6, 'refused: It must go in steps of 2 from 1.'],
  ])('with %j makes of %j: %j', (options, posted, expected) => {
    expect(kept(field.range(options), posted)).toBe(expected);
  });

  it.each([[{ min: 5, max: 5 }], [{ min: 100 }], [{ step: 0 }], [{ step: NaN }]])(
    'cannot be made of %j',
    (options) => {
      expect(() => field.range(options)).toThrow('Give a max above min and a step above 0.');
    },
  );
});

describe('field.money', () => {
  const euros = field.money({ currency: 'EUR' });

  it.each([
    ['12.34', 1234],
    ['12.3', 1230],
    ['12.00', 1200],
    ['19.99', 1999],
    ['-0.05', -5],
    ['+1.00', 100],
    ['12.3400', 1234],
    // Without a decimal point: cents, as Craft has it.
    ['1234', 1234],
    [1234, 1234],
    ['-5', -5],
    ['-0', 0],
    [{ value: '12' }, 1200],
    [{ value: 12.34 }, 1234],
    [{ value: '12,34', locale: 'de' }, 1234],
    [{ value: '1.234,5', locale: 'de', currency: 'EUR' }, 123450],
    [{ value: '1,234.50', locale: 'en-US', currency: 'eur' }, 123450],
    [{ value: '١٢٫٣٤', locale: 'ar-EG', currency: '' }, 1234],
    [{ value: '', locale: 'de', currency: 'USD' }, null],
    ['', null],
    [null, null],
  ])('keeps %j as %j cents', (posted, expected) => {
    expect(kept(euros, posted)).toBe(expected);
  });

  it.each([
    ['JPY', '1234', 1234],
    ['JPY', { value: '1,234', locale: 'ja' }, 1234],
    ['JPY', { value: '12.00' }, 12],
    ['JPY', '12.5', 'refused: It must be a whole amount: JPY has no smaller unit.'],
    ['KWD', '1.234', 1234],
    ['KWD', { value: '1' }, 1000],
    ['KWD', '1.2345', 'refused: It must have at most 3 decimals.'],
    ['EUR', '1.005', 'refused: It must have at most 2 decimals.'],
    ['EUR', { value: '1', currency: 'USD' }, 'refused: It must be in EUR.'],
    ['EUR', { value: '1', currency: ['EUR'] }, 'refused: It must be in EUR.'],
    ['EUR', '9007199254740993', 'refused: It is too large an amount.'],
    ['EUR', { value: '90071992547409.93' }, 'refused: It is too large an amount.'],
  ])('in %s makes of %j: %j', (currency, posted, expected) => {
    expect(kept(field.money({ currency }), posted)).toBe(expected);
  });

  it.each([
    ['abc'],
    ['12,34'],
    ['€12.34'],
    ['1e3'],
    [12.34],
    [NaN],
    [true],
    [['1.00']],
    [{}],
    [{ value: '1.5', locale: 'de' }],
  ])('refuses %j', (posted) => {
    expect(kept(euros, posted)).toBe('refused: It must be an amount of money. Write it like "12.34".');
  });

  it.each([
    [{ min: 5 }, '4.99', 'refused: It must be no less than 5 EUR.'],
    [{ min: '5.50' }, '5.50', 550],
    [{ max: '10.50' }, '10.51', 'refused: It must be no greater than 10.50 EUR.'],
    [{ max: 10.5 }, '10.50', 1050],
  ])('with %j makes of %j: %j', (bounds, posted, expected) => {
    expect(kept(field.money({ currency: 'EUR', ...bounds }), posted)).toBe(expected);
  });

  it.each([
    [{ currency: 'EURO' }, '"EURO" is no currency'],
    [{ currency: 'EUR', min: '5.555' }, 'min is 5.555'],
    [{ currency: 'EUR', max: 'much' }, 'max is much'],
  ])('cannot be made of %j', (options, message) => {
    expect(() => field.money(options)).toThrow(message);
  });

  it('loses no cent, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        expect(kept(euros, text)).toBe(cents);
      }),
    );
  });
});
