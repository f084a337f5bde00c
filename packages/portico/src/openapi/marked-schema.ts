import type { JsonSchema, Mark, SchemaDocument } from '../schema/json-document.ts';
import { NOTHING, type Node } from './absent-values.ts';
import type { Notation } from './wire-schema.ts';

/**
 * How a notation writes what JSON Schema has no word for: dates, files, Sets … `inner` gives the schema of an attachment, the
 * values in a Set or Map. `NOTHING` where the notation cannot write it.
 */
export function markedSchema(
  mark: Mark,
  node: JsonSchema,
  notation: Notation,
  document: SchemaDocument,
  inner: (attachment: number | undefined) => Node,
): JsonSchema {
  switch (mark.kind) {
    case 'date':
      return { type: 'string', format: node.format ?? 'date-time' };
    case 'bigint':
      return { type: 'string', pattern: '^[+-]?[0-9]+$' };
    case 'url':
      return { type: 'string', format: 'uri' };
    case 'file':
      return notation === 'form' ? fileSchema(mark, node) : notation === 'json' ? NOTHING : {};
    case 'set':
      return {
        type: 'array',
        uniqueItems: true,
        items: inner(mark.values),
        ...(mark.minItems !== undefined && { minItems: mark.minItems }),
        ...(mark.maxItems !== undefined && { maxItems: mark.maxItems }),
      };
    case 'map': {
      const values = inner(mark.values);
      if (notation !== 'json') return { type: 'object', additionalProperties: values };
      const pair = [inner(mark.keys), values] as JsonSchema[];
      return { type: 'array', items: { type: 'array', prefixItems: pair, minItems: 2, maxItems: 2 } };
    }
    case 'literal': {
      const values = (document.attachments[mark.values ?? 0] as readonly unknown[]).filter(
        (value) => value !== undefined,
      );
      return { enum: values.map((value) => (typeof value === 'bigint' ? String(value) : value)) };
    }
    default:
      return { type: 'object' };
  }
}

/** The bytes of a file, in a part of a multipart form. */
function fileSchema({ accept, maxBytes }: Mark, node: JsonSchema): JsonSchema {
  const limit = maxBytes === undefined ? undefined : `At most ${maxBytes} bytes.`;
  const description = [node.description, limit].filter((text) => text !== undefined).join(' ');
  return {
    type: 'string',
    format: 'binary',
    ...(accept?.length && { contentMediaType: accept.join(', ') }),
    ...(description !== '' && { description }),
  };
}
