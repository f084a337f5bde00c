import type { Field, FieldOptions } from './field.ts';
import { parseDate } from './parse-date.ts';
import { postedText } from './posted-text.ts';

export interface DateOptions extends FieldOptions {
  /** Asks for a time of day too. What is sent without one is midnight either way. */
  readonly showTime?: boolean;
  /** The earliest date or date-time, in ISO 8601. */
  readonly min?: string;
  /** The latest; a date without a time counts to its end. */
  readonly max?: string;
}

export interface DateField extends Field<string> {
  readonly type: 'date';
  readonly options: DateOptions;
}

const DAY = 86_400_000;

/**
 * A moment, kept as ISO 8601 in UTC: `2026-11-21T10:30:00.000Z`. Takes an ISO date (midnight UTC), a date-time, the value of
 * `<input type="datetime-local">` (as of UTC), a `Date`, and `{ date, time, timezone }`. Throws a `TypeError` where `min` or
 * `max` is no date.
 */
export function dateField(options: DateOptions = {}): DateField {
  const { min, max } = options;
  const from = bound('min', min);
  const to = bound('max', max);
  // Through the last millisecond of the day where no time of the day was said.
  const until = to !== undefined && max?.trim().length === '2026-11-21'.length ? to + DAY - 1 : to;
  const example = options.showTime === true ? '2026-11-21T10:30' : '2026-11-21';
  return {
    type: 'date',
    options,
    initial: null,
    normalize(posted, label) {
      const time = timeOf(posted);
      if (time === null) return { value: null };
      if (time === undefined) return { error: `${label} is not a valid date. Write it like ${example}.` };
      if (from !== undefined && time < from) return { error: `${label} must not be before ${min}.` };
      if (until !== undefined && time > until) return { error: `${label} must not be after ${max}.` };
      return { value: new Date(time).toISOString() };
    },
  };
}

function bound(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseDate(text);
  if (time !== undefined) return time;
  throw new TypeError(
    `field.date: ${name} is "${text}", which is no ISO 8601 date. Write it like 2026-11-21.`,
  );
}

/** Epoch milliseconds; null for blank, undefined for what is no date. */
function timeOf(posted: unknown): number | null | undefined {
  if (posted instanceof Date) return Number.isNaN(posted.getTime()) ? undefined : posted.getTime();
  if (typeof posted !== 'object' || posted === null) {
    const text = postedText(posted);
    return typeof text === 'string' ? parseDate(text) : text;
  }
  if (Array.isArray(posted)) return undefined;
  const date = partOf(posted, 'date');
  const time = partOf(posted, 'time');
  const datetime = partOf(posted, 'datetime');
  const zone = partOf(posted, 'timezone');
  if (date === undefined || time === undefined || datetime === undefined || zone === undefined)
    return undefined;
  if (date === null && time === null && datetime === null) return null;
  const text = datetime ?? `${date ?? ''}T${time ?? '00:00'}`;
  return parseDate(text, zone ?? 'UTC');
}

function partOf(posted: object, name: string): string | null | undefined {
  return postedText(Object.hasOwn(posted, name) ? (posted as Record<string, unknown>)[name] : null);
}
