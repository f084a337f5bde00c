import type { Field, FieldLayout, FieldValue, FieldValues } from './field.ts';
import type { Reference } from './reference.ts';

/** All that the values of a layout name, with paths that begin with the handle: `cover`, `blocks.0.fields.image`. */
export function referencesIn(layout: FieldLayout, values: FieldValues): readonly Reference[] {
  return each(layout, values).flatMap(([handle, field, value]) =>
    (field.references?.(value) ?? []).map((reference) => ({
      ...reference,
      path: reference.path === '' ? handle : `${handle}.${reference.path}`,
    })),
  );
}

/** The values with ids in place of what was noted while they were posted. */
export function withNotedIn(
  layout: FieldLayout,
  values: FieldValues,
  idOf: (noted: number) => number,
): FieldValues {
  return mapped(layout, values, (field, value) => field.withNoted?.(value, idOf));
}

/** The values with all that stands above selected entries, where a field keeps that with them. */
export function withParentsIn(
  layout: FieldLayout,
  values: FieldValues,
  parentOf: (id: number) => number | null,
): FieldValues {
  return mapped(layout, values, (field, value) => field.withParents?.(value, parentOf));
}

/** The words of those fields that are looked through. */
export function keywordsIn(layout: FieldLayout, values: FieldValues): string {
  return each(layout, values)
    .filter(([, field]) => field.options.searchable !== false)
    .map(([, field, value]) => field.keywords?.(value) ?? '')
    .filter((words) => words !== '')
    .join(' ');
}

export function choicesIn(layout: FieldLayout, values: FieldValues): readonly string[] {
  return each(layout, values).flatMap(([, field, value]) => field.choices?.(value) ?? []);
}

/** Whether something of the layout does it: a field that holds fields does what they do. */
export function anyOf(
  layout: FieldLayout,
  ability: 'references' | 'withNoted' | 'withParents' | 'keywords' | 'choices',
): boolean {
  return Object.values(layout).some((field) => field[ability] !== undefined);
}

function each(
  layout: FieldLayout,
  values: FieldValues,
): ReadonlyArray<readonly [handle: string, field: Field, value: FieldValue]> {
  return Object.entries(layout)
    .filter(([handle]) => Object.hasOwn(values, handle))
    .map(([handle, field]) => [handle, field, values[handle] ?? null] as const);
}

function mapped(
  layout: FieldLayout,
  values: FieldValues,
  map: (field: Field, value: FieldValue) => FieldValue | undefined,
): FieldValues {
  const changed = each(layout, values).flatMap(([handle, field, value]): Array<[string, FieldValue]> => {
    const other = map(field, value);
    return other === undefined ? [] : [[handle, other]];
  });
  return { ...values, ...Object.fromEntries(changed) };
}
