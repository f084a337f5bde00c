import { parseFieldName } from '../lib/field-path.ts';
import type { Plan } from '../schema/plan.ts';

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/** The segments of a field's name, without the empty one of `tags[]`. A property whose own name has dots is one segment. */
export function segmentsOf(plan: Plan, name: string): readonly string[] {
  if (plan.kind === 'object' && plan.properties.has(name)) return [name];
  const segments = parseFieldName(name) ?? [name];
  return segments.length > 1 && segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

/** Segments as errors and kept rows name them: `items.0.qty`. */
export function pathOf(segments: readonly string[]): string {
  return segments.join('.');
}

export function isIndex(segment: string | undefined): boolean {
  return segment !== undefined && INDEX.test(segment);
}

/** A name below another one: `items[0]` and `address[city]` make `items[0].address[city]`. */
export function nameBelow(prefix: string, name: string): string {
  return name === '' || name.startsWith('[') ? prefix + name : `${prefix}.${name}`;
}

/**
 * An element's id for a field of a form: letters, digits and `_` as they are, the rest encoded, so that different names make
 * different ids that need no escaping in CSS.
 */
export function fieldId(formId: string, segments: readonly string[]): string {
  const prefix = formId.replace(/[^\w-]/gu, encoded);
  return `${prefix}__${segments.map((segment) => segment.replace(/\W/gu, encoded)).join('-')}`;
}

function encoded(char: string): string {
  return `--${(char.codePointAt(0) ?? 0).toString(16)}-`;
}
