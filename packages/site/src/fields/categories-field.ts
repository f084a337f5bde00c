import type { EntryRecord } from '../entries/query/entry-record.ts';
import type { FilledField } from './field.ts';
import { relationField, type RelationOptions } from './relation-field.ts';
import { keptIds } from './relation-list.ts';
import { withAncestors } from './with-ancestors.ts';

export interface CategoriesOptions extends RelationOptions {
  /** Handle of the structure section whose entries they are. */
  readonly section: string;
  /** Whether all above a selected one are selected with it. */
  readonly maintainHierarchy?: boolean;
  /** With `maintainHierarchy`: how many may be selected that have no selected one below them. */
  readonly branchLimit?: number;
}

export interface CategoriesField extends FilledField<readonly number[], readonly EntryRecord[]> {
  readonly type: 'categories';
  readonly options: CategoriesOptions;
}

/** Entries of a structure that things are sorted by. */
export function categoriesField(options: CategoriesOptions): CategoriesField {
  const type = 'categories';
  const { section, maintainHierarchy = false, branchLimit } = options;
  const relation = relationField<CategoriesOptions, EntryRecord>(options, {
    type,
    kind: 'entry',
    allowed: { sections: [section] },
    withParents: maintainHierarchy,
    branchLimit,
  });
  return {
    ...relation,
    type,
    ...(maintainHierarchy && {
      withParents: (value, parentOf: (id: number) => number | null) =>
        withAncestors(keptIds(value), parentOf),
    }),
  };
}
