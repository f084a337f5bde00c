import { localeOf } from './locale-text.ts';
import { parseDate, timeShownIn } from './parse-date.ts';
import { parseShortDate } from './parse-short-date.ts';
import { parseTime } from './parse-time.ts';
import { postedText } from './posted-text.ts';

export interface PostedDateOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name: what a date is as of that says no zone of its own. Default: UTC. */
  readonly timeZone?: string | undefined;
  /** BCP 47: how dates are written in short where no `locale` was posted. Default: `en`. */
  readonly language?: string | undefined;
}

// Nine digits and more: since 1973. What is shorter may be a year or a day.
const TIMESTAMP = /^-?\d{9,12}$/;
const DAY = 86_400_000;
const DAYS = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
]);
const FIRST = Date.parse('0000-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Epoch milliseconds of what was posted for a date; null for blank, undefined for what is none. Takes `2026-11-21` (midnight),
 * `2026-11-21T10:30` with seconds and an offset or without, a Unix timestamp in seconds, `now`, `today`, `tomorrow`,
 * `yesterday`, a `Date`, `{ date, time, timezone, locale }` and `{ datetime, timezone }`. There `date` may also be as the
 * locale writes it in short and `time` have AM or PM; a time without a date is one of today.
 */
export function parsePostedDate(
  posted: unknown,
  { now, timeZone = 'UTC', language = 'en' }: PostedDateOptions,
): number | null | undefined {
  const time = timeOf(posted, { now, timeZone, language });
  // An ISO text of other years has more digits, and sorts elsewhere.
  return typeof time !== 'number' || (time >= FIRST && time <= LAST) ? time : undefined;
}

type Circumstances = Readonly<Record<'timeZone' | 'language', string>> & { readonly now: number };

function timeOf(posted: unknown, at: Circumstances): number | null | undefined {
  if (posted instanceof Date) return Number.isNaN(posted.getTime()) ? undefined : posted.getTime();
  if (typeof posted === 'number') return timeOfText(String(posted), at);
  if (typeof posted === 'object' && posted !== null) return timeOfParts(posted, at);
  const text = postedText(posted);
  return typeof text === 'string' ? timeOfText(text, at) : text;
}

function timeOfText(text: string, { now, timeZone }: Circumstances): number | undefined {
  if (TIMESTAMP.test(text)) return Number(text) * 1000;
  const word = text.toLowerCase();
  if (word === 'now') return now;
  const days = DAYS.get(word);
  if (days === undefined) return parseDate(text, timeZone);
  const today = dayAt(now, timeZone);
  return today === undefined ? undefined : parseDate(dayText(Date.parse(today) + days * DAY), timeZone);
}

function timeOfParts(posted: object, at: Circumstances): number | null | undefined {
  if (!['date', 'time', 'datetime'].some((name) => Object.hasOwn(posted, name))) return undefined;
  const date = partOf(posted, 'date');
  const time = partOf(posted, 'time');
  const datetime = partOf(posted, 'datetime');
  const zone = partOf(posted, 'timezone');
  const tag = partOf(posted, 'locale');
  if (date === undefined || time === undefined || datetime === undefined) return undefined;
  if (zone === undefined || tag === undefined) return undefined;
  if (date === null && time === null && datetime === null) return null;
  const timeZone = zone ?? at.timeZone;
  const locale = localeOf(tag, at.language);
  if (locale === undefined || timeShownIn(timeZone, 0) === undefined) return undefined;
  if (datetime !== null) return timeOfText(datetime, { ...at, timeZone });
  const day = date ?? dayAt(at.now, timeZone);
  if (day === undefined) return undefined;
  const clock = time ?? '00:00';
  // As it is first: a time may have an offset and fractions of a second.
  return parseDate(`${day}T${clock}`, timeZone) ?? inLocale(day, clock, locale, timeZone);
}

function inLocale(date: string, time: string, locale: string, zone: string): number | undefined {
  const seconds = parseTime(time, locale);
  if (seconds === undefined) return undefined;
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  const inIso = /^\d{4}-\d\d-\d\d$/.test(date) ? date : parseShortDate(date, locale);
  return inIso === undefined ? undefined : parseDate(`${inIso}T${clock}`, zone);
}

function dayAt(time: number, zone: string): string | undefined {
  const shown = timeShownIn(zone, time);
  return shown === undefined ? undefined : dayText(shown);
}

function dayText(shown: number): string {
  return new Date(shown).toISOString().slice(0, 10);
}

function partOf(posted: object, name: string): string | null | undefined {
  return postedText(Object.hasOwn(posted, name) ? (posted as Record<string, unknown>)[name] : null);
}
