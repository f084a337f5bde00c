/** How a column's values are given and compared. */
export type ColumnKind = 'id' | 'text' | 'number' | 'date' | 'switch';

interface Column {
  readonly kind: ColumnKind;
  /** Whether `<` and its like make sense. */
  readonly ordered: boolean;
  /** Whether `orderBy` takes it. */
  readonly sortable: boolean;
  /** Whether it may have no value. */
  readonly nullable: boolean;
}

const id = { kind: 'id', ordered: true, sortable: true, nullable: false } as const;
const text = { kind: 'text', ordered: true, sortable: true, nullable: true } as const;
const date = { kind: 'date', ordered: true, sortable: true, nullable: true } as const;
const relation = { kind: 'id', ordered: false, sortable: false, nullable: true } as const;
const flag = { kind: 'switch', ordered: false, sortable: false, nullable: false } as const;

/** What every entry has for `where` and `orderBy`. */
export const ENTRY_COLUMNS = {
  id,
  uid: { ...text, ordered: false, sortable: false, nullable: false },
  title: text,
  slug: text,
  uri: text,
  type: { ...text, ordered: false, nullable: false },
  authorId: relation,
  creatorId: relation,
  parentId: relation,
  level: { kind: 'id', ordered: true, sortable: false, nullable: false },
  postDate: date,
  expiryDate: date,
  dateCreated: { ...date, nullable: false },
  dateUpdated: { ...date, nullable: false },
  enabled: flag,
  enabledForSite: flag,
} as const satisfies Readonly<Record<string, Column>>;

export type EntryColumn = keyof typeof ENTRY_COLUMNS;

/** Names that `where` takes. */
export const COLUMN_NAMES = Object.keys(ENTRY_COLUMNS) as readonly EntryColumn[];
/** Names that `orderBy` takes. */
export const SORTABLE_NAMES: readonly EntryColumn[] = COLUMN_NAMES.filter(
  (name) => ENTRY_COLUMNS[name].sortable,
);

/** The column of that name; names of properties that every object has are none. */
export function entryColumn(name: string): Column | undefined {
  return Object.hasOwn(ENTRY_COLUMNS, name) ? ENTRY_COLUMNS[name as EntryColumn] : undefined;
}
