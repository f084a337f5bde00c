import type { ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import { fieldLabel } from '../../fields/field-label.ts';
import type { FieldValue, FieldValues } from '../../fields/field.ts';
import type { Reference } from '../../fields/reference.ts';
import type { Services } from '../../services.ts';
import type { Editor } from '../editor.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import { availableOf } from '../references.ts';
import { withoutReferences } from './without-references.ts';

export interface Dropped {
  readonly sites: EntryState['sites'];
  /** Labels of the fields that had to leave something out, for people. */
  readonly dropped: readonly string[];
}

/**
 * What an entry is on its sites without what its fields name that is gone or nothing the editor may see. `kept` may stay,
 * whatever has become of it: what the entry names today.
 */
export async function dropUnavailable(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  stores: Pick<Stores, 'entries' | 'users' | 'assets'>,
  editor: Editor,
  type: ContentType,
  sites: EntryState['sites'],
  kept: EntryState['sites'] = {},
): Promise<Dropped> {
  const today = new Set(referencesOf(type, kept).map(keyOf));
  const isAvailable = await availableOf(services, stores, editor, referencesOf(type, sites));
  const dropped = new Set<string>();

  function left(handle: string, value: FieldValue): FieldValue {
    const field = Object.hasOwn(type.fields, handle) ? type.fields[handle] : undefined;
    const gone = (field?.references?.(value) ?? []).filter(
      (reference) => !today.has(keyOf({ ...reference, handle })) && !isAvailable(reference),
    );
    if (field === undefined || gone.length === 0) return value;
    dropped.add(fieldLabel(handle, field));
    return withoutReferences(value, gone);
  }

  const rest = Object.entries(sites).map(([site, state]): [string, EntrySiteState] => {
    const fields = Object.entries(state.fields).map(
      ([handle, value]) => [handle, left(handle, value)] as const,
    );
    return [site, { ...state, fields: Object.fromEntries(fields) }];
  });
  return { sites: Object.fromEntries(rest), dropped: [...dropped] };
}

interface Named extends Reference {
  readonly handle: string;
}

function referencesOf({ fields: layout }: ContentType, sites: EntryState['sites']): readonly Named[] {
  const inValues = (values: FieldValues): readonly Named[] =>
    Object.entries(layout).flatMap(([handle, field]) =>
      (field.references?.(values[handle] ?? null) ?? []).map((reference) => ({ ...reference, handle })),
    );
  return Object.values(sites).flatMap(({ fields }) => inValues(fields));
}

function keyOf({ handle, kind, id }: Named): string {
  return `${handle} ${kind}:${id}`;
}
