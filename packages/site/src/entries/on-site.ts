import type { EntrySiteState, EntryState } from './entry.ts';

/** What an entry is on that site; `undefined` where it has no version there. */
export function onSite({ sites }: Pick<EntryState, 'sites'>, handle: string): EntrySiteState | undefined {
  return Object.hasOwn(sites, handle) ? sites[handle] : undefined;
}
