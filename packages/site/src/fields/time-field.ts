import { z } from 'zod';
import type { Field, FieldOptions, Posting } from './field.ts';
import { textLike } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { localeOf } from './locale-text.ts';
import { timeShownIn } from './parse-date.ts';
import { parseTime } from './parse-time.ts';
import { ownValue, postedRecord } from './posted-record.ts';
import { postedText } from './posted-text.ts';

export interface TimeOptions extends FieldOptions {
  /** The earliest time: `09:00`. */
  readonly min?: string;
  /** The latest. Before `min` it is one of the next morning: from 22:00 to 06:00. */
  readonly max?: string;
}

export interface TimeField extends Field<string> {
  readonly type: 'time';
  readonly options: TimeOptions;
}

const DAY = 86_400;

/**
 * A time of the day, kept as `10:30:00` in the site's time zone. Takes `10:30`, `10:30:05`, `10:30 PM` and
 * `{ time, timezone, locale }`, whose zone counts with the offset of the day it is posted on. Throws a `TypeError` where `min`
 * or `max` is no time.
 */
export function timeField(options: TimeOptions = {}): TimeField {
  const { min, max } = options;
  const from = bound('min', min) ?? 0;
  const until = bound('max', max) ?? DAY - 1;
  return {
    type: 'time',
    options,
    initial: null,
    isKept: textLike(/^\d\d:\d\d:\d\d$/),
    comparedAs: 'text',
    normalize(posted, label, posting) {
      const time = timeOf(posted, posting);
      if (time === null) return { value: null };
      if (time === undefined) return { error: `${label} is not a valid time. Write it like 10:30.` };
      if (from > until && time < from && time > until)
        return { error: `${label} must not be between ${max} and ${min}.` };
      if (from <= until && time < from) return { error: `${label} must not be before ${min}.` };
      if (from <= until && time > until) return { error: `${label} must not be after ${max}.` };
      return { value: textOf(time) };
    },
    formSchema: () => formControl(z.iso.time(), options),
  };
}

function bound(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(text);
  if (time !== undefined) return time;
  throw new TypeError(`field.time: ${name} is "${text}", which is no time. Write it like 09:30.`);
}

/** Seconds since midnight in the site's zone; null for blank, undefined for what is no time. */
function timeOf(posted: unknown, { timeZone, language, now }: Posting): number | null | undefined {
  const record = postedRecord(posted);
  if (record === undefined) {
    const text = postedText(posted);
    return typeof text === 'string' ? parseTime(text) : text;
  }
  if (!Object.hasOwn(record, 'time')) return undefined;
  const text = postedText(ownValue(record, 'time'));
  const zone = postedText(ownValue(record, 'timezone'));
  const tag = postedText(ownValue(record, 'locale'));
  if (text === null) return null;
  if (text === undefined || zone === undefined || tag === undefined) return undefined;
  const locale = localeOf(tag, language);
  const here = timeShownIn(timeZone, now);
  const there = timeShownIn(zone ?? timeZone, now);
  if (locale === undefined || here === undefined || there === undefined) return undefined;
  const time = parseTime(text, locale);
  return time === undefined ? undefined : (time + Math.round((here - there) / 1000) + 2 * DAY) % DAY;
}

function textOf(time: number): string {
  return new Date(time * 1000).toISOString().slice(11, 19);
}
