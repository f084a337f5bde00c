import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDate } from '../../src/fields/parse-date.ts';
import { localTime } from '../../src/lib/local-time.ts';

test.each([
  ['2026-11-21T10:30:00Z', 'UTC', '2026-11-21T10:30'],
  ['2026-11-21T10:30:05Z', 'UTC', '2026-11-21T10:30:05'],
  ['2026-11-21T23:30:00Z', 'Europe/Berlin', '2026-11-22T00:30'],
  ['2026-07-01T00:15:00Z', 'America/New_York', '2026-06-30T20:15'],
  ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45'],
])('%s in %s is %s', (moment, zone, shown) => {
  expect(localTime(new Date(moment), zone)).toBe(shown);
});

test('comes back as the moment it was, whatever the zone', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe');
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, zones, (at, zone) => {
      const time = at * 1000;
      const read = parseDate(localTime(new Date(time), zone), zone);
      // What the clocks show twice is read as the first.
      return read === time || read === time - 3_600_000 || read === time - 1_800_000;
    }),
  );
});
