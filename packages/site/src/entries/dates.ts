import type { EntryState } from './entry.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * When an entry that says nothing of it counts as posted: this minute; a day before its expiry where that is past, so that
 * the dates stay in order.
 */
export function defaultPostAt({ expiresAt }: Pick<EntryState, 'expiresAt'>, now: number): number {
  const minute = Math.floor(now / MINUTE) * MINUTE;
  return expiresAt !== null && expiresAt <= minute ? expiresAt - DAY : minute;
}

/** What is wrong with the order of the dates, if anything is. */
export function dateOrderFault({
  postAt,
  expiresAt,
}: Pick<EntryState, 'postAt' | 'expiresAt'>): string | undefined {
  if (postAt === null || expiresAt === null || postAt < expiresAt) return undefined;
  return 'The expiry date must be after the post date.';
}
