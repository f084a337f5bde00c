import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { kept } from '../support/kept.ts';

describe('field.time', () => {
  it.each([
    ['10:30', '10:30:00'],
    ['10:30:05', '10:30:05'],
    ['10:30:05.250', '10:30:05'],
    ['00:00', '00:00:00'],
    ['9:05', '09:05:00'],
    ['10:30 PM', '22:30:00'],
    ['10:30pm', '22:30:00'],
    ['12:00 a.m.', '00:00:00'],
    [{ time: '10:30' }, '10:30:00'],
    [{ time: '10:30 AM', timezone: '' }, '10:30:00'],
    [{ time: '10:30', timezone: 'UTC' }, '10:30:00'],
    [{ time: '10:30', timezone: 'Asia/Tokyo' }, '01:30:00'],
    [{ time: '01:30', timezone: 'Asia/Tokyo' }, '16:30:00'],
    [{ time: '22:30', timezone: 'America/New_York' }, '03:30:00'],
    [{ time: '10:30', timezone: '+05:30' }, '05:00:00'],
    [{ time: '15.05', locale: 'fi' }, '15:05:00'],
    [{ time: '下午3:05', locale: 'zh-TW' }, '15:05:00'],
    [{ time: '٣:٠٥ م', locale: 'ar-EG' }, '15:05:00'],
    ['', null],
    [null, null],
    [{ time: '', timezone: 'Mars' }, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.time(), posted)).toBe(expected);
  });

  it.each([
    ['24:00'],
    ['10:60'],
    ['10:30:60'],
    ['13:00 PM'],
    ['0:30 AM'],
    ['10'],
    ['1030'],
    ['10.30'],
    ['noon'],
    ['am'],
    ['PM'],
    ['x am'],
    ['p.m. now'],
    [`${' '.repeat(50)}1:00${'0'.repeat(50)}`],
    [{ time: 'am', locale: 'en' }],
    [{ time: '下午', locale: 'zh-TW' }],
    ['2026-11-21T10:30'],
    [1030],
    [true],
    [['10:30']],
    [{}],
    [{ timezone: 'UTC' }],
    [{ time: ['10:30'] }],
    [{ time: '10:30', timezone: 'Mars/Olympus' }],
    [{ time: '10:30', timezone: 5 }],
    [{ time: '10:30', locale: 'nowhere-at-all' }],
    [new Date(0)],
  ])('refuses %j', (posted) => {
    expect(kept(field.time(), posted)).toBe('refused: It is not a valid time. Write it like 10:30.');
  });

  it('is of the site’s zone unless it names one, and kept in that', () => {
    const berlin = { timeZone: 'Europe/Berlin' };
    expect(kept(field.time(), '10:30', berlin)).toBe('10:30:00');
    expect(kept(field.time(), { time: '10:30' }, berlin)).toBe('10:30:00');
    expect(kept(field.time(), { time: '10:30', timezone: 'UTC' }, berlin)).toBe('11:30:00');
    const summer = { ...berlin, now: Date.parse('2026-07-01T12:00:00Z') };
    expect(kept(field.time(), { time: '10:30', timezone: 'UTC' }, summer)).toBe('12:30:00');
    const farEast = { timeZone: 'Pacific/Kiritimati' };
    expect(kept(field.time(), { time: '00:30', timezone: 'Etc/GMT+12' }, farEast)).toBe('02:30:00');
    const farWest = { timeZone: 'Etc/GMT+12' };
    expect(kept(field.time(), { time: '00:30', timezone: 'Pacific/Kiritimati' }, farWest)).toBe('22:30:00');
  });

  it.each([
    [{ min: '09:00' }, '08:59', 'refused: It must not be before 09:00.'],
    [{ max: '17:00' }, '17:01', 'refused: It must not be after 17:00.'],
    [{ min: '09:00', max: '17:00' }, '17:00', '17:00:00'],
    [{ min: '22:00', max: '06:00' }, '23:30', '23:30:00'],
    [{ min: '22:00', max: '06:00' }, '05:30', '05:30:00'],
    [{ min: '22:00', max: '06:00' }, '12:00', 'refused: It must not be between 06:00 and 22:00.'],
  ])('with %j makes of %j: %j', (options, posted, expected) => {
    expect(kept(field.time(options), posted)).toBe(expected);
  });

  it('cannot be bounded by what is no time', () => {
    expect(() => field.time({ max: 'noon' })).toThrow('max is "noon"');
  });
});
