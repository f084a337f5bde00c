import { remembered } from './locale-text.ts';

// Years of four digits: a form sends no others.
const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const OFFSET = /^(?:GMT)?([+-])(\d\d):?(\d\d)(?::(\d\d))?$/;
const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Epoch milliseconds of an ISO 8601 date (midnight), a date-time, or the value of `<input type="datetime-local">`. Without an
 * offset of its own the text is as of `zone`, an IANA name or an offset. `undefined` for anything else, also for days that no
 * calendar has and zones that nobody knows.
 */
export function parseDate(text: string, zone = 'UTC'): number | undefined {
  const match = DATE.exec(text.trim());
  if (match === null) return undefined;
  const [, day, time = '00:00', seconds = '00', fraction = '', offset = ''] = match;
  const written = `${day}T${time}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const local = Date.parse(written);
  // A 30th of February became a day of March, or no date at all.
  if (Number.isNaN(local) || new Date(local).toISOString() !== written) return undefined;
  if (offset === '') return timeInZone(local, zone);
  const minutes = offset.toUpperCase() === 'Z' ? 0 : minutesOf(offset);
  return minutes === undefined ? undefined : local - minutes * MINUTE;
}

/** What clocks and calendars of the zone show, as if it were UTC: epoch milliseconds. `undefined` for a zone nobody knows. */
export function timeShownIn(zone: string, time: number): number | undefined {
  if (zone === 'UTC') return time;
  const fixed = minutesOf(zone);
  if (fixed !== undefined) return time + fixed * MINUTE;
  const format = formatOf(zone);
  return format === null ? undefined : time + offsetAt(format, time) * MINUTE;
}

function timeInZone(local: number, zone: string): number | undefined {
  if (zone === 'UTC') return local;
  const fixed = minutesOf(zone);
  if (fixed !== undefined) return local - fixed * MINUTE;
  const format = formatOf(zone);
  if (format === null) return undefined;
  const before = local - offsetAt(format, local - DAY) * MINUTE;
  const after = local - offsetAt(format, local + DAY) * MINUTE;
  const shows = (time: number): boolean => time + offsetAt(format, time) * MINUTE === local;
  // As Temporal's `compatible`: a time that the clocks show twice is its first, one that they skip is read as before the change.
  return shows(before) || !shows(after) ? before : after;
}

/** Minutes east of UTC. */
function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return minutesOf(name) ?? 0;
}

function minutesOf(text: string): number | undefined {
  const [, sign, hours, minutes, seconds] = OFFSET.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes) + Math.round(Number(seconds ?? 0) / 60);
  return sign === '-' ? -total : total;
}

const formatOf = remembered((timeZone): Intl.DateTimeFormat | null => {
  // No zone has a longer name.
  if (timeZone.length > 64) return null;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
});
