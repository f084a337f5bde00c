import type { ContentType } from '../content/content.ts';
import { completeFields } from '../fields/apply-fields.ts';
import type { Field, FieldValue } from '../fields/field.ts';
import type { EntryState } from './entry.ts';
import type { EntryDerived, EntrySiteDerived, StoredReference } from './entry-store.ts';

/** What an entry is found by beside its title: made of the values of its fields, for each of its sites. */
export function derivedOf(type: ContentType, state: EntryState): EntryDerived {
  return {
    sites: Object.fromEntries(
      Object.entries(state.sites).map(([handle, { fields }]) => [handle, derivedOn(type, fields)]),
    ),
  };
}

function derivedOn(
  { fields: layout }: ContentType,
  values: EntryState['sites'][string]['fields'],
): EntrySiteDerived {
  const complete = completeFields(layout, values);
  const held = Object.entries(layout).map(([handle, field]) => ({
    handle,
    field,
    value: complete[handle] ?? null,
  }));
  return {
    keywords: held
      .map(({ field, value }) => keywordsOf(field, value))
      .filter((words) => words !== '')
      .join('\n'),
    references: held.flatMap(({ handle, field, value }) => referencesOf(handle, field, value)),
  };
}

function keywordsOf(field: Field, value: FieldValue): string {
  return field.options.searchable === false ? '' : (field.keywords?.(value) ?? '').trim();
}

/** Each target once in a field, in the order of the value. */
function referencesOf(handle: string, field: Field, value: FieldValue): readonly StoredReference[] {
  const named = (field.references?.(value) ?? []).map(({ kind, id }) => `${kind}:${id}`);
  const chosen = (field.choices?.(value) ?? []).map((choice) => `choice:${choice}`);
  return [...new Set([...named, ...chosen])].map((target, position) => ({ field: handle, target, position }));
}
