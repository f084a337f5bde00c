import type { Field, FieldValue } from '../fields/field.ts';
import type { Content } from './content.ts';
import type { SectionType } from './section.ts';

/** What the database was last brought up to, as plain JSON: what there is of content, and which indexes it has. */
export interface ContentSchema {
  readonly sections: readonly SectionSchema[];
  readonly indexes: readonly FieldIndex[];
}

export interface SectionSchema {
  readonly handle: string;
  readonly type: SectionType;
  /** Handles. */
  readonly sites: readonly string[];
  readonly types: readonly TypeSchema[];
  /** In what the code declares, never in what is stored: renames are done once. */
  readonly renamedFrom?: string | undefined;
}

export interface TypeSchema {
  readonly handle: string;
  readonly fields: readonly FieldSchema[];
  readonly renamedFrom?: string | undefined;
}

export interface FieldSchema {
  readonly handle: string;
  readonly kind: string;
  readonly renamedFrom?: string | undefined;
  /** In what the code declares, never in what is stored: what queries find it by on entries that were there before it. */
  readonly initial?: InitialValue | undefined;
}

/** What a field has before anything is set. */
export interface InitialValue {
  readonly value: FieldValue;
  /** The choices in it, of a field that holds several. */
  readonly choices: readonly string[];
}

/** One a section and handle: its types share it. */
export interface FieldIndex {
  readonly section: string;
  readonly field: string;
  readonly comparedAs: 'text' | 'number';
}

/** What the code declares, with its renames. */
export function schemaOf({ sections }: Pick<Content, 'sections'>): ContentSchema {
  const indexes = sections.flatMap(({ handle, types }) =>
    types.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([field, { comparedAs }]) =>
        comparedAs === undefined ? [] : [{ section: handle, field, comparedAs }],
      ),
    ),
  );
  return {
    sections: sections.map(({ handle, type, sites, types, renamedFrom }) => ({
      handle,
      type,
      renamedFrom,
      sites: [...sites.keys()],
      types: types.map((one) => ({
        handle: one.handle,
        renamedFrom: one.renamedFrom,
        fields: Object.entries(one.fields).map(([handle, field]) => ({
          handle,
          kind: field.type,
          renamedFrom: field.options.renamedFrom,
          initial: initialOf(field),
        })),
      })),
    })),
    indexes: union([], indexes, indexKey),
  };
}

// Of other fields nothing is asked that an entry without the value would miss.
function initialOf({ initial, comparedAs, choices }: Field): InitialValue | undefined {
  if (initial === null) return undefined;
  const chosen = choices?.(initial) ?? [];
  return comparedAs === undefined && chosen.length === 0 ? undefined : { value: initial, choices: chosen };
}

export const indexKey = ({ section, field, comparedAs }: FieldIndex): string =>
  `${section}.${field}.${comparedAs}`;

/** Both, without those of `more` that have the key of one there is. */
export function union<Item>(
  items: readonly Item[],
  more: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const byKey = new Map<string, Item>();
  for (const item of [...items, ...more]) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}

const byHandle = ({ handle }: { readonly handle: string }): string => handle;

/** The sections of both; where both have one, what is of `first` counts, and is joined by the sites, types and fields of `second`. */
export function mergedSections(
  first: readonly SectionSchema[],
  second: readonly SectionSchema[],
): readonly SectionSchema[] {
  return union(first, second, byHandle).map(({ handle, type, sites, types }) => {
    const other = second.find((one) => one.handle === handle);
    return {
      handle,
      type,
      sites: [...new Set([...sites, ...(other?.sites ?? [])])],
      types: mergedTypes(types, other?.types ?? []),
    };
  });
}

export function mergedTypes(
  first: readonly TypeSchema[],
  second: readonly TypeSchema[],
): readonly TypeSchema[] {
  return union(first, second, byHandle).map(({ handle, fields }) => {
    const others = second.find((other) => other.handle === handle)?.fields ?? [];
    return {
      handle,
      fields: union(fields, others, byHandle).map((field) => ({ handle: field.handle, kind: field.kind })),
    };
  });
}
