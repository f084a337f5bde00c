const MINUTE = 60_000;
const LONGEST = 6 * 60 * MINUTE;
const MAX_ATTEMPTS = 13;

/**
 * Milliseconds until a mail is tried again that has failed `failures` times (1 or more): twice as long each time, from a
 * minute to six hours, up to a quarter more or less, so that many do not come back at once. `null` after the thirteenth: given
 * up, some 26 hours after the first, when the links in it are no longer good.
 */
export function retryDelay(failures: number, random: () => number): number | null {
  if (failures >= MAX_ATTEMPTS) return null;
  const even = MINUTE * 2 ** (failures - 1);
  const spread = even * (0.75 + random() / 2);
  return Math.round(Math.min(LONGEST, Math.max(MINUTE, spread)));
}
