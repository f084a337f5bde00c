// Making a formatter costs some 50 µs. There are about 600 zone names, and a client may spell each in many cases.
const MAX_FORMATTERS = 200;
const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

/**
 * Minutes east of UTC that the clocks of an IANA zone show at a local time (epoch milliseconds as if local were UTC).
 * A time that the clocks skip counts by the offset before the change, one that they show twice is the first of the two,
 * as in Temporal's `compatible`. `undefined` for an unknown zone.
 */
export function zoneOffset(zone: string, local: number): number | undefined {
  const formatter = formatterOf(zone);
  if (formatter === undefined || Number.isNaN(local) || Math.abs(local) > 8.64e15 - 2 * 86_400_000)
    return undefined;
  const before = offsetAt(formatter, local - 86_400_000);
  const after = offsetAt(formatter, local + 86_400_000);
  if (before === after) return before;
  return offsetAt(formatter, local - before * 60_000) === before ||
    offsetAt(formatter, local - after * 60_000) !== after
    ? before
    : after;
}

function offsetAt(formatter: Intl.DateTimeFormat, instant: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((shown - Math.floor(instant / 1000) * 1000) / 60_000);
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formatters.has(zone)) return formatters.get(zone);
  // No zone name is longer; what a client sends must not fill the memory.
  if (zone.length > 64) return undefined;
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  const formatter = newFormatter(zone);
  formatters.set(zone, formatter);
  return formatter;
}

function newFormatter(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}
