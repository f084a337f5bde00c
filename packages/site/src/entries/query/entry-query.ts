import type { EntryType } from '../../content/entry-type.ts';
import type { Reference } from '../../fields/reference.ts';
import type { EntryStatus } from '../entry.ts';
import type {
  ColumnOf,
  ComparedWith,
  ConditionOf,
  EntryOf,
  LoadableOf,
  OperandOf,
  RelationsOf,
  SortableOf,
  ValuesByColumn,
} from './query-types.ts';
import type { Viewer } from './query-viewer.ts';

/** Entries that name something, in a field or in any: an entry by its id, or what else by its kind. */
export type RelationTarget =
  | number
  | {
      readonly id: number;
      readonly kind?: Reference['kind'];
      readonly field?: string;
    }
  | {
      /** At least one of them is named. */
      readonly ids: readonly number[];
      readonly kind?: Reference['kind'];
      readonly field?: string;
    };

export interface EntryPage<Found> {
  readonly entries: readonly Found[];
  /** On all pages. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  /** How many there are; 1 where nothing is found. */
  readonly pages: number;
}

export interface EntryCursorPage<Found> {
  readonly entries: readonly Found[];
  /** What `after` takes for the following ones; null at the end. */
  readonly next: string | null;
}

/**
 * Entries to read: each method gives another query and leaves this one as it is. Without more, the live ones on the primary
 * site, newest first, a structure in its order. Names and operators that do not fit are a `TypeError` that says what can be used;
 * values may come from visitors.
 */
export interface EntryQuery<out Types extends EntryType = EntryType, in out Loads extends string = never> {
  /** Equal to a value; null finds what has none. */
  where<Column extends ColumnOf<Types>>(
    column: Column,
    value: ComparedWith<Types, Column>,
  ): EntryQuery<Types, Loads>;
  /**
   * `!=` and `not in` find what has no value, too. `contains` is for fields of choices (a value) and relations (an id). Texts
   * compare byte by byte; by `<` and its like titles without regard to A and a, fields by their first 200 characters.
   */
  where<
    Column extends ColumnOf<Types>,
    Op extends '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'contains',
  >(
    column: Column,
    operator: Op,
    value: OperandOf<Types, Column, Op>,
  ): EntryQuery<Types, Loads>;
  /** All of them equal. */
  where(values: ValuesByColumn<Types>): EntryQuery<Types, Loads>;
  /** At least one of the conditions holds: `[['slug', 'x'], ['fields.rating', '>', 3], { type: 'news' }]`. */
  whereAny(conditions: ReadonlyArray<ConditionOf<Types>>): EntryQuery<Types, Loads>;
  relatedTo(target: RelationTarget): EntryQuery<Types, Loads>;
  /** Default: live. `any`: all, unpublished drafts among them. */
  status(...statuses: ReadonlyArray<EntryStatus | 'any'>): EntryQuery<Types, Loads>;
  /** By handle; `*`: on every site, an entry once for each. */
  site(handle: string): EntryQuery<Types, Loads>;
  type<Handle extends Types['handle']>(
    ...handles: readonly [Handle, ...Handle[]]
  ): EntryQuery<Types extends EntryType<Handle> ? Types : never, Loads>;
  /** What is not live only as far as the user's permissions go (`ctx.user`); null: a guest, who sees what is live. */
  visibleTo(viewer: Viewer | null): EntryQuery<Types, Loads>;
  /**
   * All of the words, the last by its beginning, in title and searchable fields, without regard to accents and capitals. Best
   * first unless `orderBy` says otherwise. A text without words finds nothing.
   */
  search(text: string): EntryQuery<Types, Loads>;
  /** After those that were asked for before. What has no value comes first, and last by `desc`; equals go by date, then by id. */
  orderBy(column: SortableOf<Types>, direction?: 'asc' | 'desc'): EntryQuery<Types, Loads>;
  limit(count: number): EntryQuery<Types, Loads>;
  offset(count: number): EntryQuery<Types, Loads>;
  /** From where `cursorPage` ended; null is the beginning. Throws 400 for what `next` of this very query never was. */
  after(cursor: string | null): EntryQuery<Types, Loads>;
  /**
   * Loads authors, parents, children and what fields name, in one go for all entries. What is named and not live is left out,
   * unless the status is `any`.
   */
  with<const Names extends readonly LoadableOf<Types>[]>(
    ...names: Names
  ): EntryQuery<Types, Loads | Names[number]>;

  first(): Promise<EntryOf<Types, Loads> | undefined>;
  all(): Promise<ReadonlyArray<EntryOf<Types, Loads>>>;
  ids(): Promise<readonly number[]>;
  /** Whatever limit, offset and cursor there are. */
  count(): Promise<number>;
  /**
   * How many of them name each thing in a field of relations, by its id: which tags are used, and how often. Whatever limit,
   * offset and cursor there are.
   */
  countBy(field: RelationsOf<Types>): Promise<ReadonlyMap<number, number>>;
  exists(): Promise<boolean>;
  find(id: number): Promise<EntryOf<Types, Loads> | undefined>;
  findBySlug(slug: string): Promise<EntryOf<Types, Loads> | undefined>;
  /** By the path below the site's base URL, without a slash at its beginning; `''` and `__home__` are the home page. */
  findByUri(uri: string): Promise<EntryOf<Types, Loads> | undefined>;
  /** A page from 1 on, with the number of all. Throws 400 for what is no number of a page. */
  page(number: number, size: number): Promise<EntryPage<EntryOf<Types, Loads>>>;
  /** So many from the cursor of `after` on: as fast far behind as at the beginning, and nothing twice when entries come and go. */
  cursorPage(size: number): Promise<EntryCursorPage<EntryOf<Types, Loads>>>;
}
