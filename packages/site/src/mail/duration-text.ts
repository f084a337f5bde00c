const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds in words, rounded down, so that nothing is promised for longer than it lasts: `24 hours`, `2 days`, `a minute`. */
export function durationText(seconds: number): string {
  if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} days`;
  if (seconds >= 2 * HOUR) return `${Math.floor(seconds / HOUR)} hours`;
  if (seconds === HOUR) return 'an hour';
  if (seconds >= 2 * MINUTE) return `${Math.floor(seconds / MINUTE)} minutes`;
  return 'a minute';
}
