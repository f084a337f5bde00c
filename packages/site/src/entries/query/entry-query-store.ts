import type { Comparable, EntryQuerySpec } from './entry-query-spec.ts';

/** An entry on a site that a query found. */
export interface FoundEntry {
  readonly id: number;
  readonly site: string;
  /** By what it was sorted: what `after` takes, to go on behind it. */
  readonly place: readonly (Comparable | null)[];
}

/** Finds entries by query, in one statement each. */
export interface EntryQueryStore {
  find(spec: EntryQuerySpec): Promise<readonly FoundEntry[]>;
  /** How many there are, whatever `limit`, `offset` and `after` say. */
  count(spec: EntryQuerySpec): Promise<number>;
  /** How many of them name each target (`entry:12`, `choice:red`) in that field, whatever `limit`, `offset` and `after` say. */
  countBy(spec: EntryQuerySpec, field: string): Promise<ReadonlyMap<string, number>>;
}
