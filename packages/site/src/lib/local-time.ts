/**
 * A moment as clocks of a zone (IANA name) show it, for `<input type="datetime-local">`: `2026-11-21T10:30`, with seconds
 * where there are any.
 */
export function localTime(moment: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    timeZone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const time = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
  return part('second') === '00' ? time : `${time}:${part('second')}`;
}
