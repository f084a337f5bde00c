import { missingFields } from './apply-fields.ts';
import { countFault } from './count-fault.ts';
import type { Field, FieldLayout, FieldOptions, FieldValue, FieldValues, FilledField } from './field.ts';
import { listOf } from './fits-field.ts';
import { anyOf, choicesIn, keywordsIn, referencesIn, withNotedIn, withParentsIn } from './layout-values.ts';
import { appliedEntry, type AnyMatrixEntry, type MatrixEntry, type MatrixType } from './matrix-entry.ts';
import { matrixSchema } from './matrix-schema.ts';
import { newIds, newUids, placeOf } from './nested-places.ts';
import { readNested } from './nested-posting.ts';

export interface MatrixOptions<
  Types extends readonly MatrixType[] = readonly MatrixType[],
> extends FieldOptions {
  /** What its entries may be. A new one that does not say is of the only type there is. */
  readonly types: Types;
  /** The fewest entries, once its owner counts. */
  readonly min?: number;
  /** The most. */
  readonly max?: number;
}

type Entries<Types extends readonly MatrixType[]> =
  ReadonlyArray<MatrixEntry<Types[number]>> extends infer Value
    ? Value extends FieldValue
      ? Value
      : never
    : never;

export interface MatrixField<Types extends readonly MatrixType[] = readonly MatrixType[]> extends FilledField<
  Entries<Types>
> {
  readonly type: 'matrix';
  readonly options: MatrixOptions<Types>;
}

/**
 * Entries that live within the field, in an order. Takes them by id with their order (`{ sortOrder, entries }`), by uid, by
 * `new:…`, or as a list; those that are not sent go, `'*'` keeps all as they are. Throws a `TypeError` without types.
 */
export function matrixField<const Types extends readonly MatrixType[]>(
  options: MatrixOptions<Types>,
): MatrixField<Types> {
  if (options.types.length === 0)
    throw new TypeError("field.matrix: types is empty. Name one at least: [entryType('text', { … })].");
  return matrixOf(options) as unknown as MatrixField<Types>;
}

function matrixOf(options: MatrixOptions): Field<readonly AnyMatrixEntry[]> {
  const { types } = options;
  const layoutOf = (entry: AnyMatrixEntry): FieldLayout =>
    types.find(({ handle }) => handle === entry.type)?.fields ?? {};
  const layouts = types.map(({ fields }) => fields);
  const each = (
    value: FieldValue,
    map: (layout: FieldLayout, fields: FieldValues) => FieldValues,
  ): readonly AnyMatrixEntry[] =>
    entriesOf(value).map((entry) => ({ ...entry, fields: map(layoutOf(entry), entry.fields) }));
  const can = (ability: Parameters<typeof anyOf>[1]): boolean =>
    layouts.some((layout) => anyOf(layout, ability));
  return {
    type: 'matrix',
    options,
    initial: [],
    isKept: listOf(isEntry),
    normalize(posted, label, posting) {
      const current = entriesOf(posting.current);
      if (posted === '*') return { value: current };
      const { items, errors } = readNested(posted, current, { label, names: ['entries', 'blocks'] });
      const refused = new Map(Object.entries(errors));
      const circumstances = {
        types,
        posting,
        newId: newIds(current),
        newUid: newUids(current),
        refuse: (path: string, messages: readonly string[]) => void refused.set(path, messages),
      };
      const applied = items.map((item) => appliedEntry(item, circumstances));
      if (refused.size > 0) return { errors: Object.fromEntries(refused) };
      const entries = applied.filter((one) => one !== undefined);
      const places = new Map(entries.map(({ postedAt }, index) => [index, postedAt]));
      return {
        value: entries.map(({ entry }) => entry),
        postedAt: (path) => placeOf(path, items, places),
      };
    },
    isBlank: (value) => entriesOf(value).length === 0,
    lacks(value, label) {
      const entries = entriesOf(value);
      const found = new Map<string, readonly string[]>(
        Object.entries(countFault(label, entries.length, options, 'entry', 'entries') ?? {}),
      );
      for (const [index, entry] of entries.entries()) {
        if (!entry.enabled) continue;
        for (const [path, messages] of missingOf(entry, types)) found.set(`${index}.${path}`, messages);
      }
      return found.size === 0 ? undefined : Object.fromEntries(found);
    },
    keywords: (value) =>
      entriesOf(value)
        .filter(({ enabled }) => enabled)
        .flatMap((entry) => [entry.title ?? '', keywordsIn(layoutOf(entry), entry.fields)])
        .filter((words) => words !== '')
        .join(' '),
    ...(can('references') && {
      references: (value: FieldValue) =>
        entriesOf(value).flatMap((entry, index) =>
          referencesIn(layoutOf(entry), entry.fields).map((reference) => ({
            ...reference,
            path: `${index}.fields.${reference.path}`,
          })),
        ),
    }),
    ...(can('withNoted') && {
      withNoted: (value: FieldValue, idOf: (noted: number) => number) =>
        each(value, (layout, fields) => withNotedIn(layout, fields, idOf)),
    }),
    ...(can('withParents') && {
      withParents: (value: FieldValue, parentOf: (id: number) => number | null) =>
        each(value, (layout, fields) => withParentsIn(layout, fields, parentOf)),
    }),
    ...(can('choices') && {
      choices: (value: FieldValue) =>
        entriesOf(value).flatMap((entry) => choicesIn(layoutOf(entry), entry.fields)),
    }),
    formSchema: () => matrixSchema(options),
  };
}

function missingOf(
  entry: AnyMatrixEntry,
  types: readonly MatrixType[],
): ReadonlyArray<readonly [path: string, messages: readonly string[]]> {
  const type = types.find(({ handle }) => handle === entry.type);
  // Of a type that the configuration has no more: nobody could fill it in.
  if (type === undefined) return [];
  const { hasTitleField = true, titleLabel = 'Title' } = type.options;
  const needsTitle = hasTitleField && entry.title === null;
  return [
    ...(needsTitle ? [['title', [`${titleLabel} cannot be blank.`]] as const] : []),
    ...Object.entries(missingFields(type.fields, entry.fields)).map(
      ([path, messages]) => [`fields.${path}`, messages] as const,
    ),
  ];
}

/** The entries of a kept value. What is no entry was kept by a field of another kind. */
function entriesOf(value: FieldValue): readonly AnyMatrixEntry[] {
  return Array.isArray(value) ? (value as readonly FieldValue[]).filter(isEntry) : [];
}

function isEntry(value: FieldValue): value is AnyMatrixEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'uid' in value &&
    'type' in value &&
    'fields' in value &&
    typeof value.fields === 'object' &&
    value.fields !== null
  );
}
