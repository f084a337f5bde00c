import { isForbiddenKey } from '../../lib/field-path.ts';
import { insert, isNested, newNode, segmentsOf, type FieldNode, type FormEntry } from '../field-tree.ts';
import type { ObjectPlan, RecordPlan } from '../plan.ts';
import { ABSENT, decodeChild, type Decoder, type DecoderOf, type Limits } from './decoder.ts';
import { missing } from './text.ts';

// A required object of which nothing was sent is made from nothing, so that its checkboxes are false and errors name its
// fields. An object that must hold itself cannot be: this is where it ends.
const MAX_ABSENT_DEPTH = 8;

interface Property {
  readonly key: string;
  readonly decoder: Decoder;
  /** Its place among the properties. */
  readonly slot: number;
  /** The key must be there, with `undefined` where there is no value. */
  readonly always: boolean;
}

/** An object: each property by its plan, unknown names dropped unless the object is loose. */
export function objectDecoder(plan: ObjectPlan, decoderOf: DecoderOf): Decoder {
  let made: { list: Property[]; index: Map<string, Property> } | undefined;
  // Not at once: a plan may hold itself.
  const properties = (): { list: Property[]; index: Map<string, Property> } => {
    if (made !== undefined) return made;
    const list: Property[] = [];
    for (const [key, child] of plan.properties) {
      const always = plan.alwaysPresent.has(key);
      list.push({ key, decoder: decoderOf(child), slot: list.length, always });
    }
    made = { list, index: new Map(list.map((property) => [property.key, property])) };
    return made;
  };

  const fromChildren = (
    children: ReadonlyMap<string, FieldNode> | undefined,
    limits: Limits,
    depth: number,
  ): unknown => {
    const object: Record<string, unknown> = {};
    const { list, index } = properties();
    for (const property of list) {
      set(object, property, decodeChild(property.decoder, children?.get(property.key), limits, depth));
    }
    if (plan.rest !== undefined && children !== undefined) {
      for (const [key, child] of children) {
        if (!index.has(key)) setFree(object, key, decodeChild(decoderOf(plan.rest), child, limits));
      }
    }
    return object;
  };

  const absent = (depth: number): unknown => {
    if (plan.optional) return ABSENT;
    if (plan.nullable) return null;
    return depth >= MAX_ABSENT_DEPTH ? ABSENT : fromChildren(undefined, NO_LIMITS, depth + 1);
  };

  return {
    many: false,
    absent,
    one: (value) => (value === '' ? (plan.nullable ? null : absent(0)) : value),
    node(node, limits) {
      if (node.children !== undefined) return fromChildren(node.children, limits, 0);
      const last = node.values.at(-1);
      return last === undefined || last === '' ? absent(0) : last;
    },
    entries(entries, limits) {
      const { list, index } = properties();
      // A plain loop over a plain array: this runs for every form, and and iterators made it four times as slow.
      const slots: unknown[] = [];
      for (let slot = 0; slot < list.length; slot++) slots.push(undefined);
      let tree: FieldNode | undefined;
      for (let position = 0; position < entries.length; position++) {
        const [name, value] = entries[position] as FormEntry;
        const property = index.get(name);
        if (property !== undefined) {
          const { slot } = property;
          if (property.decoder.many) ((slots[slot] ??= newNode(name)) as FieldNode).values.push(value);
          else slots[slot] = value;
          continue;
        }
        if (!isNested(name)) {
          if (isForbiddenKey(name)) segmentsOf(name, limits.maxDepth);
          if (plan.rest !== undefined) insert((tree ??= newNode('')), [name], value);
          continue;
        }
        const segments = segmentsOf(name, limits.maxDepth);
        if (plan.rest !== undefined || index.has(segments[0] as string))
          insert((tree ??= newNode('')), segments, value);
      }
      if (tree !== undefined) {
        addSlots(tree, list, slots);
        return fromChildren(tree.children, limits, 0);
      }
      const object: Record<string, unknown> = {};
      for (const property of list) {
        const { decoder, slot } = property;
        const sent = slots[slot];
        const value =
          sent === undefined
            ? decoder.absent(0)
            : decoder.many
              ? decoder.node(sent as FieldNode, limits)
              : decoder.one(sent as string | File);
        set(object, property, value);
      }
      return object;
    },
  };
}

const NO_LIMITS: Limits = { maxDepth: 0, maxIndex: 0 };

function set(object: Record<string, unknown>, { key, always }: Property, value: unknown): void {
  if (value !== ABSENT) setFree(object, key, value);
  else if (always) object[key] = undefined;
}

// `__proto__` never comes from a form, but a schema may have a field of that name.
function setFree(object: Record<string, unknown>, key: string, value: unknown): void {
  if (value === ABSENT) return;
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}

/** Adds what was sent under plain names to a tree, before what is there. */
function addSlots(tree: FieldNode, list: readonly Property[], slots: readonly unknown[]): void {
  for (const { key, decoder, slot } of list) {
    const sent = slots[slot];
    if (sent === undefined) continue;
    const values = decoder.many ? (sent as FieldNode).values : [sent as string | File];
    const children = (tree.children ??= new Map<string, FieldNode>());
    const child = children.get(key);
    if (child === undefined) children.set(key, { ...newNode(key), values });
    else child.values.unshift(...values);
  }
}

/** A record: any key, also a numeric one. */
export function recordDecoder(plan: RecordPlan, decoderOf: DecoderOf): Decoder {
  const absent = (): unknown => (plan.optional ? ABSENT : missing(plan) === null ? null : {});
  return {
    many: false,
    absent,
    one: (value) => (value === '' ? {} : value),
    node(node, limits) {
      if (node.children === undefined) {
        const last = node.values.at(-1);
        return last === undefined || last === '' ? {} : last;
      }
      const object: Record<string, unknown> = {};
      for (const [key, child] of node.children) {
        setFree(object, key, decodeChild(decoderOf(plan.values), child, limits));
      }
      return object;
    },
  };
}
