import type { JsonSchema } from '../schema/json-document.ts';
import { targetOf } from './schema-pointer.ts';

/** How a field of a form or query is written that is more than a text. */
export interface ParameterStyle {
  readonly style: 'form' | 'deepObject';
  readonly explode: true;
}

/** Lists repeat their name, objects are `a[b]`. `root`: the document that a `$ref` of the field starts at. */
export function parameterStyle(field: JsonSchema, root: JsonSchema): ParameterStyle | undefined {
  const schema = field.$ref === undefined ? field : targetOf(field.$ref, root);
  if (schema?.type === 'object') return { style: 'deepObject', explode: true };
  return schema?.type === 'array' ? { style: 'form', explode: true } : undefined;
}
