import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/schema/parse-date.ts';

describe('parseDate', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['2024-02-29', undefined, '2024-02-29T00:00:00.000Z'],
    ['2023-02-29', undefined, undefined],
    ['2024-13-01', undefined, undefined],
    ['2024-00-10', undefined, undefined],
    ['0050-01-01', undefined, '0050-01-01T00:00:00.000Z'],
    ['+012024-01-01', undefined, '+012024-01-01T00:00:00.000Z'],
    ['+999999-01-01', undefined, undefined],
    ['2024-05-01T10:30', undefined, '2024-05-01T10:30:00.000Z'],
    ['2024-05-01T10:30:59.123456789', undefined, '2024-05-01T10:30:59.123Z'],
    ['2024-05-01T10:60', undefined, undefined],
    ['2024-05-01T10:30:60', undefined, undefined],
    ['2024-05-01T10', undefined, undefined],
    ['2024-05-01Z', undefined, undefined],
    ['2024-05-01T10:30-0330', undefined, '2024-05-01T14:00:00.000Z'],
    ['2024-05-01T10:30+24:00', undefined, undefined],
    ['2024-05-01T10:30Z', 'Europe/Berlin', '2024-05-01T10:30:00.000Z'],
    ['2024-05-01T10:30', 'Asia/Kathmandu', '2024-05-01T04:45:00.000Z'],
    ['2024-05-01T10:30', '+02:00', '2024-05-01T08:30:00.000Z'],
    ['2024-05-01T10:30', 'Mars/Olympus', undefined],
    ['2024-05-01T10:30', 'x'.repeat(1e6), undefined],
    // 2024-03-31 02:30 does not exist in Berlin, 2024-10-27 02:30 exists twice there.
    ['2024-03-31T02:30', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
    ['2024-03-31T01:59', 'Europe/Berlin', '2024-03-31T00:59:00.000Z'],
    ['2024-03-31T03:00', 'Europe/Berlin', '2024-03-31T01:00:00.000Z'],
    ['2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T00:30:00.000Z'],
    ['2024-10-27T03:00', 'Europe/Berlin', '2024-10-27T02:00:00.000Z'],
    ['2024-03-10T02:30', 'America/New_York', '2024-03-10T07:30:00.000Z'],
    ['2024-11-03T01:30', 'America/New_York', '2024-11-03T05:30:00.000Z'],
    ['', undefined, undefined],
    ['1', undefined, undefined],
    ['May 1, 2024', undefined, undefined],
  ])('%s in %s', (text, zone, iso) => {
    expect(parseDate(text, zone)?.toISOString()).toBe(iso);
  });

  it('reads what Date writes', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(parseDate(date.toISOString())).toEqual(date);
      }),
    );
  });

  it('reads in a zone what that zone shows', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
    );
    const dates = fc.date({ min: new Date('1975-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        const at = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const local = at.toLocaleString('sv-SE', { timeZone: zone });
        const parsed = parseDate(local, zone);
        // An hour that the clocks show twice has two instants; both show the same time.
        expect(parsed?.toLocaleString('sv-SE', { timeZone: zone })).toBe(local);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, zone) => {
        const date = parseDate(text, zone);
        expect(date === undefined || !Number.isNaN(date.getTime())).toBe(true);
      }),
    );
  });
});
