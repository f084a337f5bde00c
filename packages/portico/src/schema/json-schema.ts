import type { SchemaDocument } from './json-document.ts';
import type { StandardSchema } from './standard.ts';
import { describeArkType } from './vendors/arktype.ts';
import { describeValibot } from './vendors/valibot.ts';
import { describeZod } from './vendors/zod.ts';

/**
 * The Standard JSON Schema of a schema's input side, marked where JSON Schema has no word (a Date, a File, a Set …).
 * `undefined` where the library has none.
 *
 * @throws SchemaPlanError where a library's converter is not installed; whatever the library throws for a schema that it
 * cannot convert.
 */
export function describeInput(schema: StandardSchema): SchemaDocument | undefined {
  const { vendor, jsonSchema } = schema['~standard'];
  if (vendor === 'zod') return describeZod(schema);
  if (vendor === 'valibot') return describeValibot(schema);
  if (jsonSchema === undefined) return undefined;
  if (vendor === 'arktype') return describeArkType(schema, jsonSchema);
  return { root: jsonSchema.input({ target: 'draft-2020-12' }), attachments: [] };
}
