import type { FieldNode, FormEntry, FormValue } from '../field-tree.ts';
import type { Plan } from '../plan.ts';

/** Instead of a value: the key stays out of the object, the element out of the list. */
export const ABSENT: unique symbol = Symbol('absent');

/** Makes the value of one plan from what a form sent. Made once a plan, so that a request only runs it. */
export interface Decoder {
  /** Takes every value sent under its name; other decoders take the last. */
  readonly many: boolean;
  /**
   * Where nothing was sent. `depth` counts the required objects around it of which nothing was sent either: an object
   * that must hold itself would go on for ever.
   */
  absent(depth: number): unknown;
  /** From one plain value. */
  one(value: FormValue): unknown;
  /** From everything sent under and below its name. */
  node(node: FieldNode, limits: Limits): unknown;
  /** From all entries of a form, where that takes no tree. */
  entries?(entries: readonly FormEntry[], limits: Limits): unknown;
}

/** Finds the decoder of an inner plan. Not to be called before the first request: plans may hold themselves. */
export type DecoderOf = (plan: Plan) => Decoder;

export interface Limits {
  /** Segments in a name. */
  readonly maxDepth: number;
  /** The highest index of a list element. */
  readonly maxIndex: number;
}

/** From what was sent under a name; `undefined` stands for nothing. */
export function decodeChild(
  decoder: Decoder,
  child: FieldNode | undefined,
  limits: Limits,
  depth = 0,
): unknown {
  if (child === undefined) return decoder.absent(depth);
  if (decoder.many || child.children !== undefined || child.appended.length > 0)
    return decoder.node(child, limits);
  const last = child.values.at(-1);
  return last === undefined ? decoder.absent(depth) : decoder.one(last);
}
