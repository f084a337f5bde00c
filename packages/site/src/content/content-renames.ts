import { mergedSections, mergedTypes, type ContentSchema, type SectionSchema } from './schema.ts';

/** What has another handle than before. Sections and types that the others stand in are named as they are named after it. */
export type Rename =
  | { readonly kind: 'rename-section'; readonly from: string; readonly to: string }
  | { readonly kind: 'rename-type'; readonly section: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'rename-field';
      readonly section: string;
      readonly type: string;
      readonly from: string;
      readonly to: string;
    };

interface Named {
  readonly handle: string;
  readonly renamedFrom?: string | undefined;
}

/**
 * The renames that are due, sections first, then types, then fields, and what `before` looks like once they are done. One is
 * due where the old name is known to the database and gone from the code, so each is done once.
 */
export function renamesOf(
  before: ContentSchema,
  after: ContentSchema,
): { readonly renames: readonly Rename[]; readonly renamed: ContentSchema } {
  const sectionPairs = pairs(before.sections, after.sections).filter(
    // A single has one entry: that of a section that has its name already stays.
    ({ to }) => singleOf(after, to) === undefined || before.sections.every(({ handle }) => handle !== to),
  );
  let sections = moved(before.sections, sectionPairs, mergedSections);
  const renames: Rename[] = sectionPairs.map((pair) => ({ kind: 'rename-section', ...pair }));
  const inside: Rename[] = [];
  sections = sections.map((section) => {
    const declared = after.sections.find(({ handle }) => handle === section.handle);
    if (declared === undefined) return section;
    const typePairs = pairs(section.types, declared.types);
    renames.push(
      ...typePairs.map((pair) => ({ kind: 'rename-type', section: section.handle, ...pair }) as const),
    );
    const types = moved(section.types, typePairs, mergedTypes).map((type) => {
      const own = declared.types.find(({ handle }) => handle === type.handle);
      const fieldPairs = own === undefined ? [] : pairs(type.fields, own.fields);
      inside.push(
        ...fieldPairs.map(
          (pair) => ({ kind: 'rename-field', section: section.handle, type: type.handle, ...pair }) as const,
        ),
      );
      return { ...type, fields: moved(type.fields, fieldPairs, (first) => first) };
    });
    return { ...section, types };
  });
  return { renames: [...renames, ...inside], renamed: { sections, indexes: before.indexes } };
}

function singleOf(schema: ContentSchema, name: string): SectionSchema | undefined {
  return schema.sections.find(({ handle, type }) => handle === name && type === 'single');
}

interface Pair {
  readonly from: string;
  readonly to: string;
}

function pairs(before: readonly Named[], after: readonly Named[]): readonly Pair[] {
  const has = (all: readonly Named[], name: string): boolean => all.some(({ handle }) => handle === name);
  return after.flatMap(({ handle, renamedFrom }) =>
    renamedFrom !== undefined && has(before, renamedFrom) && !has(after, renamedFrom)
      ? [{ from: renamedFrom, to: handle }]
      : [],
  );
}

/** Those of `before` with their new handles. Where there is one of that handle already, they become one: `join` says how. */
function moved<Item extends Named>(
  before: readonly Item[],
  renamed: readonly Pair[],
  join: (first: readonly Item[], second: readonly Item[]) => readonly Item[],
): readonly Item[] {
  const stay = before.filter(({ handle }) => renamed.every(({ from }) => from !== handle));
  return before.reduce<readonly Item[]>((all, item) => {
    const to = renamed.find(({ from }) => from === item.handle)?.to;
    if (to === undefined) return all;
    const other = all.find(({ handle }) => handle === to);
    const own = { ...item, handle: to };
    if (other === undefined) return [...all, own];
    return [...all.filter(({ handle }) => handle !== to), ...join([other], [own])];
  }, stay);
}
