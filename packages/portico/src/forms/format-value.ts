import { parseDate } from '../schema/parse-date.ts';

/**
 * A value as the text that an input of a type shows. Dates are in UTC, as the decoder reads them: `2026-01-31` for `date`,
 * `2026-01-31T09:30` for `datetime-local`, ISO 8601 for the others. What has no text is empty.
 */
export function formatValue(value: unknown, type?: string): string {
  if (value === null || value === undefined) return '';
  if (type === 'date' || type === 'datetime-local') return formatDate(value, type);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'function' || typeof value === 'symbol' || value instanceof Blob) return '';
  if (typeof value === 'object' && value.toString === Object.prototype.toString) return '';
  return String(value);
}

function formatDate(value: unknown, type: 'date' | 'datetime-local'): string {
  const date = value instanceof Date ? value : typeof value === 'string' ? parseDate(value) : undefined;
  // What was typed and is no date is shown as it was typed.
  if (!date) return typeof value === 'string' ? value : '';
  if (Number.isNaN(date.getTime())) return '';
  // Years after 9999 have more digits in HTML but no sign; before the year 0 HTML has none.
  const iso = date.toISOString();
  if (iso.startsWith('-')) return '';
  const [day = '', time = ''] = iso.replace(/^\+0*/, '').split('T');
  if (type === 'date') return day;
  return `${day}T${time.replace(/(?::00)?(?:\.000)?Z$/, '')}`;
}
