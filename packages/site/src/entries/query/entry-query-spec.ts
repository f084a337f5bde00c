import type { EntryStatus } from '../entry.ts';
import type { EntryColumn } from './entry-columns.ts';

/** What is compared: a column of every entry, or a custom field by its handle. */
export type Operand =
  | { readonly column: EntryColumn }
  | { readonly field: string; readonly as: 'text' | 'number' };

/** As columns keep it: epoch milliseconds, 0 or 1 for switches. */
export type Comparable = string | number;
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `!=` and `not in` also find what has no value at all. */
export type EntryCondition =
  | {
      readonly kind: 'compare';
      readonly operand: Operand;
      readonly operator: Comparison;
      readonly value: Comparable;
    }
  | {
      readonly kind: 'in';
      readonly operand: Operand;
      readonly values: readonly Comparable[];
      readonly negated: boolean;
    }
  | { readonly kind: 'null'; readonly operand: Operand; readonly negated: boolean }
  /** Names one of these targets (`entry:12`, `choice:red`), in that field or in any. */
  | { readonly kind: 'references'; readonly field: string | null; readonly targets: readonly string[] }
  /** At least one holds; none do of an empty list. */
  | { readonly kind: 'any'; readonly of: readonly EntryCondition[] }
  /** All hold. */
  | { readonly kind: 'all'; readonly of: readonly EntryCondition[] };

/** `tree`: as a structure is ordered; `score`: how well the search fits, higher is better. */
export type OrderKey = Operand | { readonly by: 'tree' | 'score' };

export interface EntryOrder {
  readonly key: OrderKey;
  readonly direction: 'asc' | 'desc';
}

/** What is not live and shown all the same, as permissions go: handles of sections. */
export interface EntryViewer {
  readonly userId: number;
  /** His own entries. */
  readonly ownIn: readonly string[];
  /** Everybody's. */
  readonly peersIn: readonly string[];
  /** Unpublished drafts that he made. */
  readonly ownDraftsIn: readonly string[];
  /** Everybody's unpublished drafts. */
  readonly draftsIn: readonly string[];
}

/** What a query asks for, as plain data: the builder makes it, a database answers it. */
export interface EntryQuerySpec {
  /** Handles, at least one. */
  readonly sections: readonly string[];
  /** Handles, at least one. */
  readonly sites: readonly string[];
  /** Of those only; of at least one. */
  readonly statuses: readonly EntryStatus[];
  /** Null: who asks sees everything. */
  readonly viewer: EntryViewer | null;
  /** All of them hold. */
  readonly where: readonly EntryCondition[];
  /** Words that are all found, the last by its beginning; null: no search. Letters and digits only. */
  readonly words: readonly string[] | null;
  /** At least one; what is equal is in the order of the ids, in the direction of the last. */
  readonly order: readonly EntryOrder[];
  /** Only what comes after an entry with these values: one for each of `order`, then its id, then its site. */
  readonly after: readonly (Comparable | null)[] | null;
  readonly limit: number | null;
  readonly offset: number;
  /** Epoch milliseconds: what is live depends on it. */
  readonly now: number;
}
