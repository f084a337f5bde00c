import type { Services } from '../../services.ts';
import type { EntryQuerySpec } from './entry-query-spec.ts';
import type { FoundEntry } from './entry-query-store.ts';
import { entryRecord, type EntryRecord } from './entry-record.ts';

export type QueryParts = Pick<Services, 'database' | 'content' | 'settings' | 'now'>;

/** The records of what a query found, in its order. What was changed since, so that it is none of its statuses, is left out. */
export async function loadEntries(
  { database, content }: QueryParts,
  found: readonly FoundEntry[],
  { statuses, now }: Pick<EntryQuerySpec, 'statuses' | 'now'>,
): Promise<readonly EntryRecord[]> {
  if (found.length === 0) return [];
  const entries = await database.entries.findMany([...new Set(found.map(({ id }) => id))]);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return found.flatMap(({ id, site }) => {
    const entry = byId.get(id);
    const record = entry && entryRecord(entry, site, content, now);
    return record && statuses.includes(record.status) ? [record] : [];
  });
}
