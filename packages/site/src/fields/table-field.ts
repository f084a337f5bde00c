import { z } from 'zod';
import { countFault } from './count-fault.ts';
import { fieldLabel } from './field-label.ts';
import type {
  Field,
  FieldOptions,
  FieldValue,
  FieldValues,
  FilledField,
  Normalized,
  Posting,
} from './field.ts';
import { isRecord, listOf } from './fits-field.ts';
import { schemaOf } from './form-schema.ts';
import { shownPost } from './posted-record.ts';
import { postedRows, type PostedRow } from './posted-rows.ts';
import { cellsOf, columnNamed, isHeading, type TableColumns, type TableRow } from './table-column.ts';

export interface TableOptions<Columns extends TableColumns = TableColumns> extends FieldOptions {
  /** By handle, in their order: `{ step: field.text(), minutes: field.number({ min: 0 }) }`. */
  readonly columns: Columns;
  /** The fewest rows, once its owner counts. */
  readonly minRows?: number;
  /** The most. */
  readonly maxRows?: number;
  /** The rows it has before anybody has written any. */
  readonly defaults?: ReadonlyArray<Readonly<Record<string, FieldValue>>>;
  /** Whether it has just the rows of `defaults`, whose other cells are filled in. */
  readonly staticRows?: boolean;
}

/** Rows, to a conditional type: TypeScript cannot see that they are plain JSON. */
type Rows<Columns extends TableColumns> =
  ReadonlyArray<TableRow<Columns>> extends infer Value ? (Value extends FieldValue ? Value : never) : never;

export interface TableField<Columns extends TableColumns = TableColumns> extends FilledField<Rows<Columns>> {
  readonly type: 'table';
  readonly options: TableOptions<Columns>;
}

// More is a document, not a table of a form.
const MOST = 1000;

/**
 * Rows of cells, each of a kind with one value. Takes a list of `{ handle: value }`, a record with numbers for keys, or either
 * as JSON text. A cell that was not sent is empty. Throws a `TypeError` for a column of a kind with several values.
 */
export function tableField<const Columns extends TableColumns>(
  options: TableOptions<Columns>,
): TableField<Columns> {
  const table = tableOf(options);
  return table as unknown as TableField<Columns>;
}

function tableOf(options: TableOptions): Field<readonly FieldValues[]> {
  const { columns, defaults = [], staticRows = false } = options;
  const cells = cellsOf(columns);
  const handles = Object.keys(columns);
  const empty = Object.fromEntries(
    handles.map((handle) => [handle, cells[handle] === undefined ? '' : (cells[handle].initial ?? null)]),
  );
  const initial = defaults.map((row) => ({ ...empty, ...row }));
  const fewest = staticRows ? defaults.length : (options.minRows ?? 0);
  const bounds = staticRows ? {} : { min: options.minRows, max: options.maxRows };
  return {
    type: 'table',
    options,
    initial,
    isKept: listOf((row) => isRow(row, columns)),
    normalize(posted, label, posting) {
      const rows = postedRows(posted);
      if (rows === undefined) return { error: `${label} must be a list of rows.` };
      const most = staticRows ? defaults.length : MOST;
      if (rows.length > most)
        return { error: `${label} should contain at most ${most} ${most === 1 ? 'row' : 'rows'}.` };
      const errors = new Map<string, readonly string[]>();
      const kept = rows.map((row, index) =>
        keptRow(row, staticRows ? (initial[index] ?? empty) : empty, { columns, posting, errors }),
      );
      if (errors.size > 0) return { errors: Object.fromEntries(errors) };
      const value = staticRows ? [...kept, ...initial.slice(kept.length)] : kept;
      return { value, postedAt: (path) => placeOf(path, rows) };
    },
    isBlank: (value) => rowsOf(value).length === 0,
    lacks(value, label) {
      const rows = rowsOf(value);
      const missing = rows.flatMap((row, index) =>
        Object.entries(cells).flatMap(([handle, cell]) =>
          isMissing(cell, row[handle] ?? null)
            ? [[`${index}.${handle}`, [`${fieldLabel(handle, cell)} cannot be blank.`]] as const]
            : [],
        ),
      );
      const found = { ...countFault(label, rows.length, bounds, 'row'), ...Object.fromEntries(missing) };
      return Object.keys(found).length === 0 ? undefined : found;
    },
    keywords: (value) =>
      rowsOf(value)
        .flatMap((row) => Object.entries(cells).map(([handle, cell]) => cell.keywords?.(row[handle] ?? null)))
        .filter(Boolean)
        .join(' '),
    formSchema: () =>
      z
        .array(z.object(schemaOf(cells)))
        .min(fewest)
        .max(staticRows ? fewest : (options.maxRows ?? MOST))
        .optional(),
  };
}

interface RowCircumstances {
  readonly columns: TableColumns;
  readonly posting: Posting;
  readonly errors: Map<string, readonly string[]>;
}

function keptRow(
  [key, posted]: PostedRow,
  base: FieldValues,
  { columns, posting, errors }: RowCircumstances,
): FieldValues {
  const sent = new Map<string, readonly [name: string, value: unknown]>();
  for (const [name, value] of Object.entries(posted)) {
    const handle = columnNamed(columns, name);
    if (handle === undefined) errors.set(`${key}.${name}`, [`There is no column “${shownPost(name)}”.`]);
    else sent.set(handle, [name, value]);
  }
  const row = Object.entries(columns).map(([handle, column]): [string, FieldValue] => {
    if (isHeading(column)) return [handle, base[handle] ?? ''];
    const [name, value] = sent.get(handle) ?? [handle, null];
    const path = `${key}.${name}`;
    const result = column.normalize(value, fieldLabel(handle, column), posting.within(path, null));
    if ('value' in result) return [handle, result.value];
    for (const [inner, messages] of faultsOf(result))
      errors.set(inner === '' ? path : `${path}.${inner}`, messages);
    return [handle, null];
  });
  return Object.fromEntries(row);
}

function faultsOf(
  refusal: Exclude<Normalized<FieldValue>, { readonly value: unknown }>,
): ReadonlyArray<readonly [string, readonly string[]]> {
  return 'error' in refusal ? [['', [refusal.error]]] : Object.entries(refusal.errors);
}

function isMissing(cell: Field, value: FieldValue): boolean {
  return cell.options.required === true && (cell.isBlank?.(value) ?? value === null);
}

// An entry of a Matrix is no row: it has a record of fields in it.
function isRow(row: FieldValue, columns: TableColumns): boolean {
  return isRecord(row) && (Object.hasOwn(columns, 'fields') || !isRecord(row['fields'] ?? null));
}

function rowsOf(value: FieldValue): readonly FieldValues[] {
  return Array.isArray(value)
    ? (value as readonly FieldValue[]).filter(
        (row): row is FieldValues => typeof row === 'object' && row !== null && !Array.isArray(row),
      )
    : [];
}

/** `0.step` of the kept rows, by the number that the row had when it was posted. */
function placeOf(path: string, rows: readonly PostedRow[]): string {
  const [index = '', ...rest] = path.split('.');
  return [rows[Number(index)]?.[0] ?? index, ...rest].join('.');
}
