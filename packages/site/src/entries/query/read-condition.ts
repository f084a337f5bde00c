import { ActionError } from 'portico';
import { isStorableText } from '../../lib/storable-text.ts';
import type { Field } from '../../fields/field.ts';
import type { Reference } from '../../fields/reference.ts';
import { COLUMN_NAMES, entryColumn, type ColumnKind, type EntryColumn } from './entry-columns.ts';
import type { Comparable, Comparison, EntryCondition, Operand } from './entry-query-spec.ts';
import type { QueriedFields } from './queried-fields.ts';

const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'contains'] as const;
type Operator = (typeof OPERATORS)[number];

/** What `where` takes: column and value, column, operator and value, or values by column. */
export type ConditionArguments =
  | readonly [column: string, value: unknown]
  | readonly [column: string, operator: string, value: unknown]
  | readonly [values: Readonly<Record<string, unknown>>];

const NOTHING: EntryCondition = { kind: 'any', of: [] };
const EVERYTHING: EntryCondition = { kind: 'all', of: [] };

/**
 * A condition as plain data. Throws a `TypeError` that says what can be used, where it is none, and `BAD_REQUEST` for NaN and
 * dates that are none.
 */
export function readCondition(given: ConditionArguments, fields: QueriedFields): EntryCondition {
  if (given.length === 3) return single(given[0], given[1], given[2], fields);
  if (given.length === 2) return single(given[0], '=', given[1], fields);
  const [values] = given;
  if (typeof values !== 'object' || values === null)
    throw new TypeError("where takes a column and a value, or values by column: where({ slug: 'hello' }).");
  return {
    kind: 'all',
    of: Object.entries(values).map(([column, value]) => single(column, '=', value, fields)),
  };
}

function single(column: string, operator: string, value: unknown, fields: QueriedFields): EntryCondition {
  if (!isOperator(operator))
    throw new TypeError(`“${operator}” is no operator. There are: ${OPERATORS.join(' ')}.`);
  if (value === undefined)
    throw new TypeError(
      `where('${column}', '${operator}', undefined): a value is missing. What has none is found by null.`,
    );
  if (operator === 'contains') return contains(column, value, fields);
  const operand = readOperand(column, fields);
  const kind = kindOf(operand);
  const isEquality = operator === '=' || operator === '!=';
  if (value === null) {
    if (!isEquality) throw new TypeError(`where('${column}', '${operator}', null): use = or != with null.`);
    return { kind: 'null', operand, negated: operator === '!=' };
  }
  if (operator === 'in' || operator === 'not in') {
    if (!Array.isArray(value)) throw new TypeError(`where('${column}', '${operator}', …) takes a list.`);
    const values = value.map((one) => comparable(column, kind, one)).filter((one) => canBe(kind, one));
    return { kind: 'in', operand, values, negated: operator === 'not in' };
  }
  if (!isEquality && 'column' in operand && entryColumn(operand.column)?.ordered !== true)
    throw new TypeError(`“${column}” is compared by =, !=, in and not in, not by ${operator}.`);
  return comparison(operand, kind, operator, comparable(column, kind, value));
}

function isOperator(operator: string): operator is Operator {
  return OPERATORS.some((known) => known === operator);
}

/** The column or field of that name. Throws a `TypeError` where there is none that can be compared. */
export function readOperand(name: string, fields: QueriedFields): Operand {
  const handle = fieldHandle(name);
  if (handle !== undefined) return { field: handle, as: fields.comparedAs(handle) };
  if (entryColumn(name) !== undefined) return { column: name as EntryColumn };
  throw new TypeError(
    `“${name}” is no column of entries. There are: ${COLUMN_NAMES.join(', ')}, and fields as in 'fields.handle'.`,
  );
}

function fieldHandle(name: unknown): string | undefined {
  if (typeof name !== 'string') throw new TypeError('A column is named by a text.');
  return name.startsWith('fields.') ? name.slice('fields.'.length) : undefined;
}

function kindOf(operand: Operand): ColumnKind {
  if ('field' in operand) return operand.as;
  return entryColumn(operand.column)?.kind ?? 'text';
}

function comparison(
  operand: Operand,
  kind: ColumnKind,
  operator: Comparison,
  value: Comparable,
): EntryCondition {
  if (canBe(kind, value)) return { kind: 'compare', operand, operator, value };
  if (operator === '=') return NOTHING;
  if (operator === '!=') return EVERYTHING;
  if (typeof value === 'string')
    return { kind: 'compare', operand, operator, value: value.replaceAll('\0', '').toWellFormed() };
  throw new TypeError(`${value} is no whole number.`);
}

/** Whether anything can have this value: databases refuse others instead of finding nothing. */
function canBe(kind: ColumnKind, value: Comparable): boolean {
  if (typeof value === 'string') return isStorableText(value);
  return kind === 'id' || kind === 'date' ? Number.isSafeInteger(value) : true;
}

const WANTED: Readonly<Record<ColumnKind, string>> = {
  id: 'a number',
  number: 'a number',
  text: 'a text',
  date: 'a Date',
  switch: 'true or false',
};

function comparable(column: string, kind: ColumnKind, value: unknown): Comparable {
  if (kind === 'text' && typeof value === 'string') return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    if (kind === 'date') return value.getTime();
    // As fields keep a moment.
    if (kind === 'text') return value.toISOString();
  }
  if ((kind === 'id' || kind === 'number') && typeof value === 'number' && Number.isFinite(value))
    return value;
  if (
    (kind === 'switch' || (kind === 'number' && column.startsWith('fields.'))) &&
    typeof value === 'boolean'
  )
    return value ? 1 : 0;
  const sentence = `“${column}” is compared with ${WANTED[kind]}, not with ${shown(value)}.`;
  // What a page made of an address that somebody has typed: their mistake, and not the page's.
  const isTyped = Number.isNaN(value) || (value instanceof Date && Number.isNaN(value.getTime()));
  throw isTyped ? new ActionError({ code: 'BAD_REQUEST', message: sentence }) : new TypeError(sentence);
}

function contains(column: string, value: unknown, fields: QueriedFields): EntryCondition {
  const handle = fieldHandle(column);
  const [field] = handle === undefined ? [] : fields.named(handle);
  if (handle === undefined || (field?.choices === undefined && field?.references === undefined))
    throw new TypeError(
      `“${column}” does not hold several values: contains is for fields of choices and relations.`,
    );
  if (field.references !== undefined) {
    if (typeof value !== 'number') throw new TypeError(`“${column}” contains ids, not ${shown(value)}.`);
    return { kind: 'references', field: handle, targets: targetsOf(field, [value]) };
  }
  if (typeof value !== 'string') throw new TypeError(`“${column}” contains texts, not ${shown(value)}.`);
  return { kind: 'references', field: handle, targets: isStorableText(value) ? [`choice:${value}`] : [] };
}

const KINDS: Readonly<Record<string, Reference['kind']>> = {
  entries: 'entry',
  categories: 'entry',
  tags: 'entry',
  users: 'user',
  assets: 'asset',
};

/** What `entry_references` calls these ids. A field of several kinds of things may mean any of them. */
export function targetsOf(field: Field, ids: readonly number[]): readonly string[] {
  const kind = Object.hasOwn(KINDS, field.type) ? KINDS[field.type] : undefined;
  return (kind === undefined ? ['entry', 'user', 'asset'] : [kind]).flatMap((one) =>
    ids.map((id) => `${one}:${id}`),
  );
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.slice(0, 40)}”`;
  return typeof value === 'object' ? 'such an object' : String(value);
}
