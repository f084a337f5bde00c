import type { Entry } from '../entry.ts';

/** What a query asks for, as plain data: the builder makes it, a database answers it. */
export interface EntryQuerySpec {
  readonly section: string;
  /** Handle. */
  readonly site: string;
}

/** Reads entries by query. */
export interface EntryQueryStore {
  run(spec: EntryQuerySpec): Promise<readonly Entry[]>;
  count(spec: EntryQuerySpec): Promise<number>;
}
