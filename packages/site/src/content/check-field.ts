import type { Field, FieldLayout } from '../fields/field.ts';
import type { EntryType } from './entry-type.ts';
import { handleFault, nestedHandleFault } from './handles.ts';
import type { Known } from './known.ts';

/** What is wrong with a field of an entry type, a sentence each that begins with `fields.<handle>`. */
export function fieldFaults(handle: string, field: Field, known: Known): readonly string[] {
  const fault = handleFault(handle);
  if (fault !== undefined) return [`fields.${handle}: ${fault}`];
  return ownFaults(`fields.${handle}`, field, known);
}

function ownFaults(place: string, field: Field, known: Known): readonly string[] {
  // Texts have a `normalize`, too.
  if (typeof field !== 'object' || typeof (field as Partial<Field> | null)?.normalize !== 'function')
    return [`${place}: it is no field. Make one with field.text(), field.number() and their like.`];
  return [
    ...sourceFaults(field, known).map((sentence) => `${place}: ${sentence}`),
    ...titleFormatFaults(field).map((sentence) => `${place}: ${sentence}`),
    ...layoutsIn(field).flatMap(([within, layout]) =>
      Object.entries(layout).flatMap(([handle, inner]) =>
        nestedFaults(`${place}: ${within}fields.${handle}`, handle, inner, known),
      ),
    ),
  ];
}

function nestedFaults(place: string, handle: string, field: Field, known: Known): readonly string[] {
  const fault = nestedHandleFault(handle);
  if (fault !== undefined) return [`${place}: ${fault}`];
  const faults = ownFaults(place, field, known);
  return faults.length === 0 && field.options.renamedFrom !== undefined
    ? [`${place}: renamedFrom: only fields of the entry itself are renamed, not those within another field.`]
    : faults;
}

/** The fields within a field, each layout with the way to it: of the types of a Matrix, and of a block. */
function layoutsIn({ options }: Field): ReadonlyArray<readonly [within: string, layout: FieldLayout]> {
  const { types, fields } = options as {
    readonly types?: ReadonlyArray<{ readonly handle: string; readonly fields: FieldLayout }>;
    readonly fields?: FieldLayout;
  };
  return [
    // A link has types, too, which are names alone.
    ...(Array.isArray(types) ? types.filter(({ fields: layout }) => isLayout(layout)) : []).map(
      ({ handle, fields: layout }) => [`${handle}.`, layout] as const,
    ),
    ...(isLayout(fields) ? [['', fields] as const] : []),
  ];
}

/** Of types within a field: what makes titles of formats is there for entries alone. */
function titleFormatFaults({ options }: Field): readonly string[] {
  const { types } = options as { readonly types?: ReadonlyArray<Partial<EntryType>> };
  if (!Array.isArray(types)) return [];
  return (types as ReadonlyArray<Partial<EntryType>>)
    .filter((type) => type.options?.titleFormat !== undefined)
    .map(
      ({ handle }) =>
        `${handle}.titleFormat: nothing makes the titles of entries within a field. Leave it out, with ` +
        '`hasTitleField: false` where they need no title.',
    );
}

function isLayout(value: unknown): value is FieldLayout {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a field of relations may name: `options.sections` and the like, lists of handles or one. */
function sourceFaults({ type, options, references }: Field, known: Known): readonly string[] {
  if (references === undefined) return [];
  const named = options as Readonly<Record<string, unknown>>;
  const volume = named['volume'] ?? (type === 'assets' ? 'uploads' : undefined);
  const sources = [
    ['section', [named['section'], named['sections']], known.sections],
    ['group', [named['groups']], known.groups],
    ['volume', [volume], known.volumes],
  ] as const;
  const missing = sources.flatMap(([what, given, there]) =>
    given
      .flat()
      .filter((handle): handle is string => typeof handle === 'string' && !there.includes(handle))
      .map((handle) => `there is no ${what} "${handle}". ${thereAre(there)}`),
  );
  const { section } = named;
  if (missing.length > 0 || type !== 'categories' || typeof section !== 'string') return missing;
  return known.structures.includes(section)
    ? []
    : [`categories are of a structure, and the section "${section}" is none.`];
}

function thereAre(handles: readonly string[]): string {
  return handles.length === 0 ? 'There is none.' : `There are ${handles.join(', ')}.`;
}
