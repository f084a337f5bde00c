import { FormRefusal } from '../form-refusal.ts';
import { shown, type FieldNode, type FormValue } from '../field-tree.ts';
import type { ListPlan, MapPlan } from '../plan.ts';
import { ABSENT, decodeChild, type Decoder, type DecoderOf, type Limits } from './decoder.ts';
import { rawDecoder } from './raw-decoder.ts';
import { isEmptyFile } from './scalar.ts';

/** Arrays, sets and tuples: `tags` repeated, `tags[]`, `tags[0]`. A lone empty value clears the list. */
export function listDecoder(plan: ListPlan, decoderOf: DecoderOf): Decoder {
  const decoderAt = (index: number): Decoder => {
    const item = plan.prefix[index] ?? plan.items;
    return item === undefined ? rawDecoder : decoderOf(item);
  };
  const finish =
    plan.kind === 'set' ? (values: unknown[]): unknown => new Set(values) : (values: unknown[]) => values;
  // A blank means something only in a list of text: before anything else it is the hidden field of a group of checkboxes.
  const blankIsMarker =
    plan.prefix.length === 0 && plan.items?.kind !== 'text' && plan.items?.kind !== 'unknown';
  const node = (node: FieldNode, limits: Limits): unknown => {
    const values: unknown[] = [];
    const push = (value: unknown): void => {
      if (value !== ABSENT) values.push(value);
    };
    for (const child of elementsOf(node, limits)) push(decodeChild(decoderAt(values.length), child, limits));
    for (const value of plainValues(node, blankIsMarker)) push(decoderAt(values.length).one(value));
    return finish(values);
  };
  return {
    many: true,
    absent: () => (plan.optional ? ABSENT : finish([])),
    one: (value) =>
      finish(value === '' || isEmptyFile(value) ? [] : [decoderAt(0).one(value)].filter(isPresent)),
    node,
  };
}

function isPresent(value: unknown): boolean {
  return value !== ABSENT;
}

function plainValues(node: FieldNode, blankIsMarker: boolean): FormValue[] {
  const { values, appended, children } = node;
  const other = appended.length > 0 || children !== undefined;
  // `tags=` before `tags[]=a` or `tags[0]=a` is the hidden field that clears the list.
  const own = values.length === 1 && values[0] === '' && other ? [] : values;
  const all = appended.length === 0 ? own : [...own, ...appended];
  if (all[0] === '' && children === undefined && (all.length === 1 || blankIsMarker)) return all.slice(1);
  return all;
}

/** The numbered elements in order. Their indexes must be those of a list without gaps. */
function elementsOf({ name, children }: FieldNode, { maxIndex }: Limits): FieldNode[] {
  if (children === undefined) return [];
  const elements: FieldNode[] = [];
  for (const [key, child] of children) {
    if (key === '') {
      throw new FormRefusal(
        400,
        `The field "${shown(name)}[]" has fields of its own, but not to which element they belong: number them, ` +
          `as in "${shown(name)}[0]".`,
      );
    }
    if (!/^(?:0|[1-9]\d{0,8})$/.test(key)) {
      throw new FormRefusal(
        400,
        `The field "${shown(name)}" is a list, and "${shown(key)}" is no index of one.`,
      );
    }
    const index = Number(key);
    if (index > maxIndex || index >= children.size) {
      throw new FormRefusal(
        400,
        `The field "${shown(name)}" has an element ${index} but only ${children.size} in all: ` +
          'number the elements of a list from 0 without gaps.',
      );
    }
    elements[index] = child;
  }
  return elements;
}

/** A `Map`: `prices[small]=5`. */
export function mapDecoder(plan: MapPlan, decoderOf: DecoderOf): Decoder {
  const absent = (): unknown => (plan.optional ? ABSENT : plan.nullable ? null : new Map());
  const one = (value: FormValue): unknown => (value === '' ? new Map() : value);
  return {
    many: false,
    absent,
    one,
    node(node, limits) {
      if (node.children === undefined) return one(node.values.at(-1) ?? '');
      const map = new Map<unknown, unknown>();
      for (const [key, child] of node.children) {
        const value = decodeChild(decoderOf(plan.values), child, limits);
        if (value !== ABSENT) map.set(decoderOf(plan.keys).one(key), value);
      }
      return map;
    },
  };
}
