import { z } from 'zod';
import type { Field, FieldOptions } from './field.ts';
import { textLike } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { parseDate } from './parse-date.ts';
import { parsePostedDate } from './posted-date.ts';

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
const KEPT = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/**
 * A moment, kept as ISO 8601 in UTC: `2026-11-21T10:30:00.000Z`. Takes all that `parsePostedDate` does; what names no time
 * zone is of UTC. Throws a `TypeError` where `min` or `max` is no date.
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
    isKept: textLike(KEPT),
    comparedAs: 'text',
    normalize(posted, label, { now, language }) {
      const time = parsePostedDate(posted, { now, language });
      if (time === null) return { value: null };
      if (time === undefined) return { error: `${label} is not a valid date. Write it like ${example}.` };
      if (from !== undefined && time < from) return { error: `${label} must not be before ${min}.` };
      if (until !== undefined && time > until) return { error: `${label} must not be after ${max}.` };
      return { value: new Date(time).toISOString() };
    },
    formSchema() {
      let schema = z.date();
      if (from !== undefined) schema = schema.min(new Date(from));
      if (until !== undefined) schema = schema.max(new Date(until));
      return formControl(options.showTime === true ? schema.meta({ format: 'date-time' }) : schema, options);
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
