import type { Stores } from '../../database.ts';
import { fieldLabel } from '../../fields/field-label.ts';
import type { FieldLayout, FieldValues } from '../../fields/field.ts';
import { referencesIn, withParentsIn } from '../../fields/layout-values.ts';
import type { Reference } from '../../fields/reference.ts';
import { branchCount } from '../../fields/with-ancestors.ts';
import type { EntryErrors } from './errors.ts';

export interface WithHierarchy {
  readonly values: FieldValues;
  /** By handle and path. */
  readonly errors: EntryErrors;
}

// A tree is asked level by level, and no tree of a person is deeper.
const DEEPEST = 50;

/**
 * The values with all that stands above selected entries, where a field keeps that with them (`maintainHierarchy`), and where
 * more branches are selected than there may be. One query a level of the tree; none without such a field.
 */
export async function withHierarchy(
  { entries }: Pick<Stores, 'entries'>,
  layout: FieldLayout,
  values: FieldValues,
): Promise<WithHierarchy> {
  const named = referencesIn(layout, values).filter(({ withParents }) => withParents === true);
  if (named.length === 0) return { values, errors: {} };
  const parents = new Map<number, number | null>();
  let wanted = [...new Set(named.map(({ id }) => id))];
  for (let level = 0; level < DEEPEST && wanted.length > 0; level++) {
    for (const { id, parentId } of await entries.findMany(wanted)) parents.set(id, parentId);
    for (const id of wanted) if (!parents.has(id)) parents.set(id, null);
    wanted = [...new Set(parents.values())].filter((id) => id !== null && !parents.has(id)) as number[];
  }
  const parentOf = (id: number): number | null => parents.get(id) ?? null;
  return { values: withParentsIn(layout, values, parentOf), errors: crowded(layout, named, parentOf) };
}

function crowded(
  layout: FieldLayout,
  named: readonly Reference[],
  parentOf: (id: number) => number | null,
): EntryErrors {
  const errors: Record<string, string[]> = {};
  for (const [path, selected] of Map.groupBy(named, (reference) => reference.path)) {
    const limit = selected[0]?.branchLimit;
    const count = branchCount(
      selected.map(({ id }) => id),
      parentOf,
    );
    if (limit === undefined || count <= limit) continue;
    const [handle = ''] = path.split('.', 1);
    const label = layout[handle] === undefined ? handle : fieldLabel(handle, layout[handle]);
    errors[path] = [`${label} should contain at most ${limit} ${limit === 1 ? 'branch' : 'branches'}.`];
  }
  return errors;
}
