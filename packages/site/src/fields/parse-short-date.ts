import { plainText, remembered } from './locale-text.ts';

type Part = 'year' | 'month' | 'day';

/**
 * `11/21/26` as `2026-11-21`: a date as the locale writes it in short, in the Gregorian calendar. `-`, `.` and `/` count alike;
 * the year has two digits (1970 to 2069) or four. `undefined` for anything else. Whether there is such a day is not asked.
 */
export function parseShortDate(text: string, locale: string): string | undefined {
  // No date is longer: what is not one should cost no work.
  if (text.length > 40) return undefined;
  const plain = plainText(text, locale).trim();
  // Bulgarian writes `21.11.26 г.`, Hungarian `2026. 11. 21.`
  const numbers = /^(\d{1,4}) ?[-./] ?(\d{1,2}) ?[-./] ?(\d{1,4}) ?(?:[./]|г\.)?$/.exec(plain);
  if (numbers === null) return undefined;
  const parts = new Map(orderOf(locale).map((part, index) => [part, numbers[index + 1] ?? '']));
  const [year, month, day] = [parts.get('year'), parts.get('month'), parts.get('day')];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if ((year.length !== 2 && year.length !== 4) || month.length > 2 || day.length > 2) return undefined;
  return `${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function fullYear(year: string): string {
  if (year.length === 4) return year;
  return `${Number(year) < 70 ? '20' : '19'}${year}`;
}

const orderOf = remembered((locale): readonly Part[] =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', calendar: 'gregory', timeZone: 'UTC' })
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type): type is Part => type === 'year' || type === 'month' || type === 'day'),
);
