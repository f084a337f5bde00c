import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { parsePostedDate } from '../../src/fields/posted-date.ts';
import { kept } from '../support/kept.ts';

describe('field.date', () => {
  it.each([
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T10:30', '2026-11-21T10:30:00.000Z'],
    ['2026-11-21 10:30:15', '2026-11-21T10:30:15.000Z'],
    ['2026-11-21T10:30:15.25+01:00', '2026-11-21T09:30:15.250Z'],
    ['2026-11-21T10:30:00+00:00', '2026-11-21T10:30:00.000Z'],
    ['2026-11-21T10:30:00Z', '2026-11-21T10:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0050-01-01', '0050-01-01T00:00:00.000Z'],
    ['1795000000', '2026-11-18T11:06:40.000Z'],
    [1_795_000_000, '2026-11-18T11:06:40.000Z'],
    ['-300000000', '1960-06-29T18:40:00.000Z'],
    ['now', '2026-11-21T12:00:00.000Z'],
    ['today', '2026-11-21T00:00:00.000Z'],
    ['Tomorrow', '2026-11-22T00:00:00.000Z'],
    ['yesterday', '2026-11-20T00:00:00.000Z'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.date(), posted)).toBe(expected);
  });

  it.each([
    [{ date: '2026-11-21' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '2026-11-21', time: '10:30' }, '2026-11-21T10:30:00.000Z'],
    [{ date: '2026-11-21', time: '10:30:05' }, '2026-11-21T10:30:05.000Z'],
    [{ date: '2026-11-21', time: '9:05' }, '2026-11-21T09:05:00.000Z'],
    [{ date: '2026-11-21', time: '10:30 PM' }, '2026-11-21T22:30:00.000Z'],
    [{ date: '2026-11-21', time: '12:15 am' }, '2026-11-21T00:15:00.000Z'],
    [{ date: '2026-11-21', time: '12:15 p.m.' }, '2026-11-21T12:15:00.000Z'],
    [{ date: '2026-07-01', time: '10:30', timezone: 'Europe/Berlin' }, '2026-07-01T08:30:00.000Z'],
    [{ date: '2026-11-21', time: '10:30', timezone: 'America/New_York' }, '2026-11-21T15:30:00.000Z'],
    [{ date: '2026-11-21', time: '10:30', timezone: '+05:30' }, '2026-11-21T05:00:00.000Z'],
    [{ datetime: '2026-11-21T10:30', timezone: 'Asia/Tokyo' }, '2026-11-21T01:30:00.000Z'],
    [{ datetime: '2026-11-21T10:30:00+02:00', timezone: 'Asia/Tokyo' }, '2026-11-21T08:30:00.000Z'],
    [{ datetime: '1795000000', timezone: 'Asia/Tokyo' }, '2026-11-18T11:06:40.000Z'],
    [{ datetime: 'today', timezone: 'Asia/Tokyo' }, '2026-11-20T15:00:00.000Z'],
    [{ time: '10:30' }, '2026-11-21T10:30:00.000Z'],
    [{ date: '', time: '10:30', timezone: 'Pacific/Kiritimati' }, '2026-11-21T20:30:00.000Z'],
    // Skipped by the clocks of that night, and shown twice.
    [{ date: '2026-03-29', time: '02:30', timezone: 'Europe/Berlin' }, '2026-03-29T01:30:00.000Z'],
    [{ date: '2026-10-25', time: '02:30', timezone: 'Europe/Berlin' }, '2026-10-25T00:30:00.000Z'],
    [{ date: '', time: '', timezone: 'Europe/Berlin' }, null],
    [{ datetime: '' }, null],
  ])('keeps the parts %j as %j', (posted, expected) => {
    expect(kept(field.date(), posted)).toBe(expected);
  });

  it.each([
    [{ date: '11/21/2026' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '1/2/26', time: '3:05 PM' }, '2026-01-02T15:05:00.000Z'],
    [{ date: '11-21-2026', locale: 'en-US' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '11.21.26', locale: 'en_US' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '21/11/2026', locale: 'en-GB' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '21.11.26', locale: 'de', time: '15:05' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '21-11-2026', locale: 'de' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '2026/11/21', locale: 'ja', time: '15:05' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '26. 11. 21.', locale: 'ko', time: '오후 3:05' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '2026/11/21', locale: 'zh-TW', time: '下午3:05' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '21.11.2026', locale: 'fi', time: '15.05' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '2026-11-21', locale: 'fr-CA', time: '15 h 05' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '٢١‏/١١‏/٢٠٢٦', locale: 'ar-EG', time: '٣:٠٥ م' }, '2026-11-21T15:05:00.000Z'],
    [{ date: '21.11.26 г.', locale: 'bg' }, '2026-11-21T00:00:00.000Z'],
    [{ date: '31/12/69', locale: 'en-GB' }, '2069-12-31T00:00:00.000Z'],
    [{ date: '31/12/70', locale: 'en-GB' }, '1970-12-31T00:00:00.000Z'],
    // A date input posts this whatever the language.
    [{ date: '2026-11-21', locale: 'de', time: '15:05' }, '2026-11-21T15:05:00.000Z'],
  ])('reads %j as the locale writes it: %j', (posted, expected) => {
    expect(kept(field.date(), posted)).toBe(expected);
  });

  it('reads short dates in the language of the site where none is posted', () => {
    expect(kept(field.date(), { date: '21.11.2026' }, { language: 'de' })).toBe('2026-11-21T00:00:00.000Z');
    expect(kept(field.date(), { date: '2/1/2026' }, { language: 'en-GB' })).toBe('2026-01-02T00:00:00.000Z');
    expect(kept(field.date(), { date: '2/1/2026', locale: 'en-US' }, { language: 'en-GB' })).toBe(
      '2026-02-01T00:00:00.000Z',
    );
  });

  it('reads them in English where nothing is known of the language', () => {
    expect(kept(field.date(), { date: '11/21/26' }, { language: 'tlh' })).toBe('2026-11-21T00:00:00.000Z');
  });

  it('is of UTC whatever the zone of the site', () => {
    expect(kept(field.date(), '2026-11-21', { timeZone: 'Asia/Tokyo' })).toBe('2026-11-21T00:00:00.000Z');
  });

  it.each([
    ['soon'],
    ['2026-02-30'],
    ['2026-13-01'],
    ['2026-11-21T24:00'],
    ['2026-11-21T10:30+99:00'],
    ['0000-01-01T00:00:00+01:00'],
    ['9999-12-31T23:59:59-01:00'],
    ['21.11.2026'],
    ['11/21/2026'],
    ['2026'],
    ['20261121'],
    [20_261_121],
    [0],
    // Milliseconds.
    [1_795_000_000_000],
    [1_795_000_000.5],
    [NaN],
    [true],
    [['2026-11-21']],
    [{}],
    [{ timezone: 'UTC' }],
    [{ year: 2026 }],
    [{ time: '25:00' }],
    [{ date: '2026-11-21', time: '13:30 PM' }],
    [{ date: '2026-11-21', time: '0:30 PM' }],
    [{ date: '2026-11-21', time: '10' }],
    [{ date: '2026-11-21', time: 'am' }],
    [{ date: '2026-11-21', time: 'x pm' }],
    [{ date: '2026-11-21', time: '15.05' }],
    [{ date: '31/12/2026' }],
    [{ date: '31/12/2026', locale: 'en-US' }],
    [{ date: '30/2/2026', locale: 'en-GB' }],
    [{ date: '1/2/026', locale: 'en-GB' }],
    [{ date: '1/2', locale: 'en-GB' }],
    [{ date: '2026-11-21', locale: 'nowhere-at-all' }],
    [{ date: '2026-11-21', timezone: 'Mars/Olympus' }],
    [{ date: '2026-11-21', timezone: 'x'.repeat(10_000) }],
    [{ date: '2026-11-21', timezone: 5 }],
    [{ datetime: '2026-11-21T10:30Z', timezone: 'Mars/Olympus' }],
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
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('2026-11-21', '10:30', 'am', 'x PM', '1/2/26', 'de', 'UTC', null),
    );
    const parts = fc.record(
      { date: part, time: part, datetime: part, timezone: part, locale: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), parts, fc.integer()), (posted) => {
        const value = kept(field.date(), posted);
        if (value === null || String(value).startsWith('refused: ')) return;
        expect(new Date(String(value)).toISOString()).toBe(value);
        expect(String(value)).toHaveLength('2026-11-21T00:00:00.000Z'.length);
      }),
    );
  });

  it('reads what Intl writes in short', () => {
    const locale = fc.constantFrom(
      'en',
      'en-GB',
      'de',
      'ja',
      'ko',
      'sv',
      'hu',
      'cs',
      'he',
      'ar-EG',
      'fi',
      'pt-BR',
    );
    const minute = fc.integer({
      min: Date.parse('2000-01-01') / 60_000,
      max: Date.parse('2060-01-01') / 60_000,
    });
    fc.assert(
      fc.property(locale, minute, (tag, minutes) => {
        const time = minutes * 60_000;
        const written = (style: Intl.DateTimeFormatOptions): string =>
          new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' }).format(time);
        const posted = {
          date: written({ dateStyle: 'short' }),
          time: written({ timeStyle: 'short' }),
          locale: tag,
        };
        expect(kept(field.date(), posted)).toBe(new Date(time).toISOString());
      }),
    );
  });
});

describe('parsePostedDate', () => {
  const now = Date.parse('2026-11-21T23:30:00Z');

  it.each([
    ['2026-11-21T10:30', 'America/New_York', '2026-11-21T15:30:00.000Z'],
    ['2026-11-21T10:30Z', 'America/New_York', '2026-11-21T10:30:00.000Z'],
    ['today', 'Asia/Tokyo', '2026-11-21T15:00:00.000Z'],
    ['today', 'America/New_York', '2026-11-21T05:00:00.000Z'],
    [{ time: '10:30' }, 'Asia/Tokyo', '2026-11-22T01:30:00.000Z'],
    [{ date: '2026-11-21', timezone: 'UTC' }, 'Asia/Tokyo', '2026-11-21T00:00:00.000Z'],
    // A day of 23 hours lies between.
    ['tomorrow', 'Europe/Berlin', '2026-03-29T22:00:00.000Z', '2026-03-29T12:00:00Z'],
  ])('reads %j as of the zone %s', (posted, timeZone, expected, at?: string) => {
    const time = parsePostedDate(posted, { now: at === undefined ? now : Date.parse(at), timeZone });
    expect(time).toBe(Date.parse(expected));
  });

  it('tells blank from what is no date', () => {
    expect(parsePostedDate('', { now })).toBeNull();
    expect(parsePostedDate('soon', { now })).toBeUndefined();
  });
});
