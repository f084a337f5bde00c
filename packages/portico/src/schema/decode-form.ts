import { decoderOf } from './decoders/decoder-of.ts';
import { ABSENT, type Limits } from './decoders/decoder.ts';
import { rawValue } from './decoders/raw.ts';
import { insert, newNode, segmentsOf, type FieldNode, type FormEntry } from './field-tree.ts';
import { FormRefusal } from './form-refusal.ts';
import type { Plan } from './plan.ts';

export type { FormEntry } from './field-tree.ts';

export type FormDecoding =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413; readonly message: string };

export interface DecodeLimits {
  /** Segments in a field's name. Default 32. */
  readonly maxDepth?: number | undefined;
  /** The highest index of a list element. Default 9999. */
  readonly maxIndex?: number | undefined;
}

const DEFAULT_LIMITS: Limits = { maxDepth: 32, maxIndex: 9999 };

/**
 * The input that a form, a query or route parameters stand for, by the schema's plan (DESIGN.md section 4). What does not
 * parse stays as it was sent, for the schema to report; of a scalar that was sent several times the last counts, so that a
 * hidden field before an input is its default. 400: a name reaches for a prototype, or the indexes of a list have gaps.
 * 413: a name nests too deep.
 */
export function decodeForm(plan: Plan, entries: readonly FormEntry[], options?: DecodeLimits): FormDecoding {
  try {
    const limits =
      options === undefined
        ? DEFAULT_LIMITS
        : {
            maxDepth: options.maxDepth ?? DEFAULT_LIMITS.maxDepth,
            maxIndex: options.maxIndex ?? DEFAULT_LIMITS.maxIndex,
          };
    return { ok: true, value: decode(plan, entries, limits) };
  } catch (error) {
    if (error instanceof FormRefusal) return { ok: false, status: error.status, message: error.message };
    throw error;
  }
}

function decode(plan: Plan, entries: readonly FormEntry[], limits: Limits): unknown {
  if (plan.kind === 'formdata') return formDataOf(entries);
  const decoder = decoderOf(plan);
  if (decoder.entries !== undefined) return decoder.entries(entries, limits);
  const tree = treeOf(entries, limits);
  if (plan.kind !== 'record' && plan.kind !== 'map' && plan.kind !== 'union') return rawValue(tree);
  const value = decoder.node(tree, limits);
  return value === ABSENT ? undefined : value;
}

function treeOf(entries: readonly FormEntry[], { maxDepth }: Limits): FieldNode {
  const root = newNode('');
  root.children = new Map();
  for (const [name, value] of entries) insert(root, segmentsOf(name, maxDepth), value);
  return root;
}

function formDataOf(entries: readonly FormEntry[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, value.name);
  }
  return data;
}
