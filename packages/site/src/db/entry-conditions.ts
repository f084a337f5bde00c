import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type {
  Comparable,
  Comparison,
  EntryCondition,
  EntryQuerySpec,
  Operand,
} from '../entries/query/entry-query-spec.ts';
import type { DatabaseKind } from './connect.ts';
import { beginning, entryOnlyColumn, sortExpression, sortValue, valueExpression } from './entry-columns.ts';
import { slugClaim } from './entry-sites.ts';
import { COMPARED_CHARACTERS, wholeText } from './field-expression.ts';
import { unindexed } from './unindexed.ts';

export type Condition = RawBuilder<SqlBool>;

type Compare = Extract<EntryCondition, { readonly kind: 'compare' }>;
type Place = Pick<EntryQuerySpec, 'sections' | 'sites' | 'statuses'> & { readonly kind: DatabaseKind };

export const NEVER: Condition = sql<SqlBool>`1 = 0`;
const ALWAYS: Condition = sql<SqlBool>`1 = 1`;

const OPERATORS: Readonly<Record<Comparison, string>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** SQL for a condition on a row of `entry_sites`, `s`. Values are parameters, names come from lists of ours. */
export function conditionSql(condition: EntryCondition, place: Place): Condition {
  switch (condition.kind) {
    case 'any':
      return anyOf(condition.of.map((one) => conditionSql(one, place)));
    case 'all':
      return allOf(condition.of.map((one) => conditionSql(one, place)));
    case 'references':
      return referencing(condition.field, condition.targets, place);
    case 'null':
      return isNull(condition.operand, condition.negated, place);
    case 'in':
      return isIn(condition.operand, condition.values, condition.negated, place);
    case 'compare':
      return compare(condition, place);
  }
}

export function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return NEVER;
  return conditions.length === 1 && conditions[0] ? conditions[0] : sql`(${sql.join(conditions, sql` or `)})`;
}

export function allOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return ALWAYS;
  return conditions.length === 1 && conditions[0]
    ? conditions[0]
    : sql`(${sql.join(conditions, sql` and `)})`;
}

function compare({ operand, operator, value }: Compare, place: Place): Condition {
  if (operator === '=') return isIn(operand, [value], false, place);
  if (operator === '!=') return isIn(operand, [value], true, place);
  const sign = sql.raw(OPERATORS[operator]);
  const only = 'column' in operand ? entryOnlyColumn(operand.column) : undefined;
  if (only !== undefined) return inEntries(sql`${only} ${sign} ${value}`);
  const sorted = sortExpression(place.kind, operand);
  return sql`${sorted} ${sign} ${sortValue(operand, value)}`;
}

function isIn(operand: Operand, values: readonly Comparable[], negated: boolean, place: Place): Condition {
  if (values.length === 0) return negated ? ALWAYS : NEVER;
  if ('column' in operand) {
    if (operand.column === 'authorId') {
      const authors = sql`select entry_id from entry_authors where user_id in (${sql.join(values)})`;
      return sql`${unindexed(place.kind)}s.entry_id ${sql.raw(negated ? 'not in' : 'in')} (${authors})`;
    }
    const only = entryOnlyColumn(operand.column);
    if (only !== undefined)
      return negated
        ? inEntries(sql`${only} is null or ${only} not in (${sql.join(values)})`)
        : inEntries(sql`${only} in (${sql.join(values)})`);
  }
  const found = 'field' in operand ? fieldIsIn(operand, values, place) : columnIsIn(operand, values, place);
  return negated ? sql`(${valueExpression(place.kind, operand)} is null or not ${found})` : found;
}

type FieldOperand = Extract<Operand, { readonly field: string }>;
type ColumnOperand = Extract<Operand, { readonly column: string }>;

function fieldIsIn(operand: FieldOperand, values: readonly Comparable[], { kind }: Place): Condition {
  const expression = valueExpression(kind, operand);
  const isLong = (value: Comparable): boolean =>
    typeof value === 'string' && value.length >= COMPARED_CHARACTERS;
  const short = values.filter((value) => !isLong(value));
  const whole = sql.raw(wholeText(kind, operand.field));
  return anyOf([
    ...(short.length > 0 ? [sql<SqlBool>`${expression} ${listed(short)}`] : []),
    ...values
      .filter(isLong)
      .map((value) => sql<SqlBool>`(${expression} = ${beginning(String(value))} and ${whole} = ${value})`),
  ]);
}

function columnIsIn(operand: ColumnOperand, values: readonly Comparable[], place: Place): Condition {
  const exact = sql<SqlBool>`${valueExpression(place.kind, operand)} ${listed(values)}`;
  // The same in the words of an index. Drafts claim neither slug nor URI, and have no URI.
  if (operand.column === 'title') {
    const titles = values.map((value) => sortValue(operand, value));
    return sql`(${sortExpression(place.kind, operand)} ${listed(titles)} and ${exact})`;
  }
  if (operand.column === 'slug' && !place.statuses.includes('draft')) {
    const claims = place.sections.flatMap((section) =>
      values.map((value) => slugClaim(section, String(value))),
    );
    return sql`(s.slug_claim ${listed(claims)} and ${exact})`;
  }
  return operand.column === 'uri' ? sql`(s.uri_claim ${listed(values)} and ${exact})` : exact;
}

function listed(values: readonly Comparable[]): RawBuilder<unknown> {
  return values.length === 1 ? sql`= ${values[0]}` : sql`in (${sql.join(values)})`;
}

function isNull(operand: Operand, negated: boolean, place: Place): Condition {
  if ('column' in operand) {
    if (operand.column === 'authorId')
      return sql`${sql.raw(negated ? '' : 'not ')}exists (select 1 from entry_authors where entry_id = s.entry_id)`;
    const only = entryOnlyColumn(operand.column);
    if (only !== undefined) return inEntries(sql`${only} is ${sql.raw(negated ? 'not ' : '')}null`);
  }
  return sql`${valueExpression(place.kind, operand)} is ${sql.raw(negated ? 'not ' : '')}null`;
}

function inEntries(condition: RawBuilder<unknown>): Condition {
  return sql`s.entry_id in (select id from entries where ${condition})`;
}

function referencing(
  field: string | null,
  targets: readonly string[],
  { sites, kind }: Pick<Place, 'sites' | 'kind'>,
): Condition {
  if (targets.length === 0) return NEVER;
  const [site] = sites;
  const named = sql`
    target in (${sql.join(targets)})${field === null ? sql`` : sql` and field = ${field}`}
  `;
  // However many there are, going through the index of the section costs less than finding each of its rows.
  return sites.length === 1
    ? sql`${unindexed(kind)}s.entry_id in (select entry_id from entry_references where ${named} and site = ${site})`
    : sql`(${unindexed(kind)}s.entry_id, s.site) in (select entry_id, site from entry_references where ${named})`;
}
