import type { SchemaDocument, SchemaSide } from './json-document.ts';
import type { StandardSchema } from './standard.ts';
import { describeArkType } from './vendors/arktype.ts';
import { describeValibot } from './vendors/valibot.ts';
import { describeZod } from './vendors/zod.ts';

/**
 * The Standard JSON Schema of what a schema takes, marked where JSON Schema has no word (a Date, a File, a Set …).
 * `undefined` where the library has none.
 *
 * @throws SchemaPlanError where a library's converter is not installed; whatever the library throws for a schema that it
 * cannot convert.
 */
export function describeInput(schema: StandardSchema): SchemaDocument | undefined {
  return describeSchema(schema, 'input');
}

/** The same for either side of a schema: what it takes, or what it makes of that. Throws as `describeInput` does. */
export function describeSchema(schema: StandardSchema, side: SchemaSide): SchemaDocument | undefined {
  const { vendor, jsonSchema } = schema['~standard'];
  if (vendor === 'zod') return describeZod(schema, side);
  if (vendor === 'valibot') return describeValibot(schema, side);
  if (jsonSchema === undefined) return undefined;
  if (vendor === 'arktype') return describeArkType(schema, jsonSchema, side);
  const root = jsonSchema[side]?.({ target: 'draft-2020-12' });
  return root && { root, attachments: [] };
}
