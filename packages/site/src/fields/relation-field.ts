import { z } from 'zod';
import type { FieldOptions, FilledField, Normalized, Posting } from './field.ts';
import { listOf } from './fits-field.ts';
import type { AllowedReferences, Reference } from './reference.ts';
import { countFault } from './count-fault.ts';
import { keptIds, MOST_ITEMS, postedId, postedItems, tooManyItems } from './relation-list.ts';

export interface RelationOptions extends FieldOptions {
  /** The fewest selections, once the entry counts. */
  readonly min?: number;
  /** The most. */
  readonly max?: number;
}

/** What tells one kind of relation from another. */
export interface RelationKind {
  readonly type: string;
  readonly kind: Reference['kind'];
  readonly allowed: AllowedReferences;
  readonly withParents?: boolean;
  readonly branchLimit?: number | undefined;
  /** In place of ids alone. */
  normalize?(posted: unknown, label: string, posting: Posting): Normalized<readonly number[]>;
}

/**
 * Other elements by their ids, in the order in which they were sent, each once. Takes `[id, id]` as numbers or digits, one id
 * alone, and `''` or `['']` for none. Whether there are such elements, and may be named, is asked of `references`.
 */
export function relationField<Options extends RelationOptions, Loaded>(
  options: Options,
  { type, kind, allowed, withParents = false, branchLimit, normalize = normalizeIds }: RelationKind,
): FilledField<readonly number[], readonly Loaded[]> & { readonly options: Options } {
  return {
    type,
    options,
    initial: [],
    isKept: listOf(Number.isSafeInteger),
    normalize,
    isBlank: (value) => keptIds(value).length === 0,
    lacks: (value, label) => countFault(label, keptIds(value).length, options, 'selection'),
    references: (value) =>
      keptIds(value)
        .filter((id) => id > 0)
        .map((id) => ({ kind, id, path: '', allowed, ...(withParents && { withParents, branchLimit }) })),
    formSchema: () => z.array(z.int().positive()).optional(),
  };
}

/** The ids of a list that has nothing else in it. */
function normalizeIds(posted: unknown, label: string): Normalized<readonly number[]> {
  const items = postedItems(posted) ?? [undefined];
  if (items.length > MOST_ITEMS) return { error: tooManyItems(label) };
  const ids = items.map(postedId);
  if (!ids.every((id) => id !== undefined)) return { error: notIds(label) };
  return { value: [...new Set(ids)] };
}

export function notIds(label: string): string {
  return `${label} must be a list of IDs, such as 5 or [5, 8].`;
}
