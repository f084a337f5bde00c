import type { Field, FieldLayout, ValuesOf } from './field.ts';

/** A column of texts that nobody writes: those of the table's `defaults`. */
export interface TableHeading {
  readonly type: 'heading';
  readonly label?: string;
}

export type TableColumns = Readonly<Record<string, Field | TableHeading>>;

/** The cells that are filled in. */
type CellsOf<Columns extends TableColumns> = {
  readonly [
    Handle in keyof Columns as Columns[Handle] extends Field ? Handle : never
  ]: Columns[Handle] extends Field ? Columns[Handle] : never;
};

/** A row as it is kept, by handles of its columns. */
export type TableRow<Columns extends TableColumns> = ValuesOf<CellsOf<Columns>> & {
  readonly [Handle in keyof Columns as Columns[Handle] extends Field ? never : Handle]: string;
};

export function isHeading(column: Field | TableHeading): column is TableHeading {
  return !('normalize' in column);
}

/** The columns that are filled in. Throws a `TypeError` for a kind that is no single value. */
export function cellsOf(columns: TableColumns): FieldLayout {
  const cells = Object.entries(columns).filter((column): column is [string, Field] => !isHeading(column[1]));
  for (const [handle, cell] of cells) {
    if (typeof cell.initial === 'object' && cell.initial !== null)
      throw new TypeError(
        `field.table: the column ${handle} is of the kind ${cell.type}. A cell holds one value: use a Matrix field.`,
      );
    if (cell.references !== undefined || cell.withNoted !== undefined)
      throw new TypeError(
        `field.table: the column ${handle} is of the kind ${cell.type}, which names other elements. Use a Matrix field.`,
      );
  }
  return Object.fromEntries(cells);
}

/** The column that a posted name means: its handle, or Craft's `col1` for the first of all. */
export function columnNamed(columns: TableColumns, name: string): string | undefined {
  if (Object.hasOwn(columns, name)) return name;
  const [, position] = /^col([1-9]\d?)$/.exec(name) ?? [];
  return position === undefined ? undefined : Object.keys(columns)[Number(position) - 1];
}
