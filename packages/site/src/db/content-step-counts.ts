import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { ContentStep } from '../content/plan-content.ts';
import type { DatabaseKind } from './connect.ts';
import { hasStoredValue, lacksStoredValue } from './content-values.ts';
import type { Tables } from './tables.ts';

/** What a step is about, by the names that the database has before all steps. */
interface Subject {
  readonly section: string;
  readonly type?: string;
  readonly field?: string;
  readonly site?: string;
}

/** How many entries a step concerns; null where that is no question. */
export async function countEntries(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  step: ContentStep,
  steps: readonly ContentStep[],
): Promise<number | null> {
  const subject = subjectOf(step);
  if (subject === undefined) return null;
  const { section, type, field } = beforeRenames(subject, steps);
  const conditions: RawBuilder<unknown>[] = [sql`section = ${section}`];
  if (subject.site !== undefined) conditions.push(sql`site = ${subject.site}`);
  if (type !== undefined) conditions.push(sql`type = ${type}`);
  if (field !== undefined)
    conditions.push(step.kind === 'fill-field' ? lacksStoredValue(kind, field) : hasStoredValue(kind, field));
  const { rows } = await sql<{ count: number | string }>`
    select count(distinct entry_id) as count from entry_sites where ${sql.join(conditions, sql` and `)}
  `.execute(db);
  return Number(rows[0]?.count ?? 0);
}

function subjectOf(step: ContentStep): Subject | undefined {
  switch (step.kind) {
    case 'rename-section':
      return { section: step.to };
    case 'rename-type':
      return { section: step.section, type: step.to };
    case 'rename-field':
      return { section: step.section, type: step.type, field: step.to };
    case 'create-index':
      return { section: step.index.section };
    case 'change-kind':
    case 'fill-field':
      return { section: step.section, type: step.type, field: step.field };
    case 'change-section-type':
      return { section: step.section };
    case 'keep-site':
      return { section: step.section, site: step.site };
    case 'keep':
    case 'drop':
      return step.removed;
    case 'add-single':
    case 'drop-index':
    case 'keep-index':
      return undefined;
  }
}

function beforeRenames({ section, type, field }: Subject, steps: readonly ContentStep[]): Subject {
  const former: { section: string; type?: string; field?: string } = { section };
  if (type !== undefined) former.type = type;
  if (field !== undefined) former.field = field;
  for (const step of steps) {
    if (step.kind === 'rename-section' && step.to === section) former.section = step.from;
    if (step.kind === 'rename-type' && step.section === section && step.to === type) former.type = step.from;
    const isField = step.kind === 'rename-field' && step.section === section && step.type === type;
    if (isField && step.to === field) former.field = step.from;
  }
  return former;
}
