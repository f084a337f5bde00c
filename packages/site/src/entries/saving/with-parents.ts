import type { ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { FieldValues } from '../../fields/field.ts';

export interface WithParents {
  readonly values: FieldValues;
  /** `entry:3`: what was added. */
  readonly added: ReadonlySet<string>;
}

/** The values of fields that keep what is above their selection, with it: one query for each level. */
export async function withParents(
  { entries }: Pick<Stores, 'entries'>,
  { fields }: ContentType,
  values: FieldValues,
): Promise<WithParents> {
  const keeping = Object.entries(fields).filter(([, field]) => field.withParents !== undefined);
  const selected = keeping.flatMap(([handle, field]) =>
    (field.references?.(values[handle] ?? null) ?? []).filter((reference) => reference.withParents === true),
  );
  const parents = new Map<number, number | null>();
  let wanted = [...new Set(selected.map(({ id }) => id))].filter((id) => id > 0);
  while (wanted.length > 0) {
    const found = await entries.findMany(wanted);
    for (const { id, parentId } of found) parents.set(id, parentId);
    wanted = [...new Set(found.flatMap(({ parentId }) => parentId ?? []))].filter((id) => !parents.has(id));
  }
  if (parents.size === 0) return { values, added: new Set() };
  const parentOf = (id: number): number | null => parents.get(id) ?? null;
  const complete = keeping.map(([handle, field]) => [
    handle,
    field.withParents?.(values[handle] ?? null, parentOf) ?? null,
  ]);
  const chosen = new Set(selected.map(({ id }) => id));
  const added = [...parents.keys()].filter((id) => !chosen.has(id)).map((id) => `entry:${id}`);
  return { values: { ...values, ...(Object.fromEntries(complete) as FieldValues) }, added: new Set(added) };
}
