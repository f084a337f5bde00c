import { plainText, remembered } from './locale-text.ts';

const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?$/;

/**
 * Seconds since midnight of `10:30`, `10:30:05`, `10:30 PM`, and of the short format of a locale: `15.05` in Finnish,
 * `下午3:05` in Chinese. `undefined` for what is no time of the day.
 */
export function parseTime(text: string, locale?: string): number | undefined {
  // No time is longer: what is not one should cost no work.
  if (text.length > 40) return undefined;
  const { rest, half } = dayHalf(plainText(text, locale).trim(), locale);
  const [, hours, minutes, seconds] = CLOCK.exec(withColons(rest, locale)) ?? [];
  if (hours === undefined || half === undefined) return secondsOf(hours, minutes, seconds);
  const hour = Number(hours);
  if (hour < 1 || hour > 12) return undefined;
  return secondsOf(String((hour % 12) + (half === 'pm' ? 12 : 0)), minutes, seconds);
}

function secondsOf(hours?: string, minutes?: string, seconds = '0'): number | undefined {
  if (hours === undefined) return undefined;
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 3600 + minute * 60 + second;
}

type Half = 'am' | 'pm';

/** `10:30 PM`: the text without the mark, and which half of the day it says. */
function dayHalf(text: string, locale: string | undefined): { rest: string; half?: Half } {
  const lower = text.toLowerCase();
  for (const [mark, half] of [...ENGLISH, ...(locale === undefined ? [] : marksOf(locale))]) {
    if (lower.endsWith(mark)) return { rest: text.slice(0, -mark.length).trim(), half };
    if (lower.startsWith(mark)) return { rest: text.slice(mark.length).trim(), half };
  }
  return { rest: text };
}

const ENGLISH: ReadonlyArray<readonly [string, Half]> = [
  ['am', 'am'],
  ['pm', 'pm'],
  ['a.m.', 'am'],
  ['p.m.', 'pm'],
];

/** `15 h 05` of a locale as `15:05`. */
function withColons(text: string, locale: string | undefined): string {
  const separator = locale === undefined ? ':' : separatorOf(locale);
  return separator === ':'
    ? text
    : text
        .split(separator)
        .map((part) => part.trim())
        .join(':');
}

const separatorOf = remembered((locale): string => {
  const parts = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).formatToParts(0);
  const literal = parts[parts.findIndex(({ type }) => type === 'hour') + 1]?.value ?? '';
  return plainText(literal).trim() || ':';
});

const marksOf = remembered((locale): ReadonlyArray<readonly [string, Half]> => {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', hour12: true, timeZone: 'UTC' });
  const markAt = (hour: number): string =>
    format.formatToParts(hour * 3_600_000).find(({ type }) => type === 'dayPeriod')?.value ?? '';
  const halves: ReadonlyArray<readonly [string, Half]> = [
    [markAt(9), 'am'],
    [markAt(15), 'pm'],
  ];
  return halves
    .map(([mark, half]) => [plainText(mark).trim().toLowerCase(), half] as const)
    .filter(([mark]) => mark !== '');
});
