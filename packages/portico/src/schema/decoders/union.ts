import type { FieldNode, FormValue } from '../field-tree.ts';
import type { ObjectPlan, UnionPlan } from '../plan.ts';
import { booleanOf } from './text.ts';
import { ABSENT, type Decoder, type DecoderOf, type Limits } from './decoder.ts';

/** A union of objects, told apart by the text of one field. An unknown variant is left for the schema to report. */
export function unionDecoder(plan: UnionPlan, decoderOf: DecoderOf): Decoder {
  const { discriminator, variants } = plan;
  const whenAbsent = (): unknown => (plan.optional ? ABSENT : plan.nullable ? null : {});
  const fallback = (): ObjectPlan | undefined =>
    [...variants.values()].find((variant) => variant.properties.get(discriminator)?.optional === true);
  // "I buy for a company": two variants, told apart by a checkbox.
  const checkbox =
    variants.size > 0 && [...variants.keys()].every((text) => text === 'true' || text === 'false');
  const textOf = (sent: FormValue | undefined): string => {
    const value = checkbox ? booleanOf(typeof sent === 'string' ? sent : '') : sent;
    return String(value);
  };
  const node = (node: FieldNode, limits: Limits): unknown => {
    if (node.children === undefined) {
      const last = node.values.at(-1);
      return last === undefined || last === '' ? whenAbsent() : last;
    }
    const sent = node.children.get(discriminator)?.values.at(-1);
    const variant = typeof sent === 'string' || checkbox ? variants.get(textOf(sent)) : undefined;
    if (variant !== undefined) return decoderOf(variant).node(node, limits);
    if (sent !== undefined && sent !== '') return { [discriminator]: sent };
    const unnamed = fallback();
    return unnamed === undefined ? {} : decoderOf(unnamed).node(node, limits);
  };
  return {
    many: false,
    absent: whenAbsent,
    one: (value) => (value === '' ? whenAbsent() : value),
    node,
  };
}
