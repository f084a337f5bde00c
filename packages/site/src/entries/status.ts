import type { Entry, EntryStatus } from './entry.ts';

/**
 * What an entry is on one site at that time: `live` from its post date to its expiry date, while it is enabled on the whole
 * and on the site; `disabled` also where it has no version on the site.
 */
export function statusOf(
  entry: Pick<Entry, 'draft' | 'enabled' | 'postAt' | 'expiresAt' | 'sites'>,
  site: string,
  now: number,
): EntryStatus {
  if (entry.draft) return 'draft';
  const onSite = Object.hasOwn(entry.sites, site) ? entry.sites[site] : undefined;
  if (!entry.enabled || onSite?.enabled !== true) return 'disabled';
  if (entry.postAt === null || entry.postAt > now) return 'pending';
  return entry.expiresAt !== null && entry.expiresAt <= now ? 'expired' : 'live';
}
