import type { JsonSchema } from '../../schema/json-document.ts';
import { MARK } from '../../schema/json-document.ts';
import { describeSchema } from '../../schema/json-schema.ts';
import type { StandardSchema } from '../../schema/standard.ts';

const MAX_DEPTH = 6;

/** What an action answers with, as a TypeScript type. `undefined` where there is no schema or its library describes none. */
export function describeOutput(schema: StandardSchema | undefined): string | undefined {
  if (schema === undefined) return undefined;
  try {
    const root = describeSchema(schema, 'output')?.root;
    return root && typeText(root, 0);
  } catch {
    // A library that cannot describe what it makes (a transform): the action works all the same.
    return undefined;
  }
}

function typeText(schema: JsonSchema, depth: number): string {
  const mark = schema[MARK]?.kind;
  if (mark !== undefined) return MARKED[mark] ?? mark;
  if (depth > MAX_DEPTH || schema.$ref !== undefined) return '…';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map((variant) => typeText(variant, depth + 1)))].join(' | ');
  if (Array.isArray(schema.type))
    return schema.type.map((type: string) => typeText({ ...schema, type }, depth)).join(' | ');
  if (schema.properties) return objectText(schema, schema.properties, depth);
  switch (schema.type) {
    case 'array':
      return `Array<${typeof schema.items === 'object' ? typeText(schema.items, depth + 1) : 'unknown'}>`;
    case 'object': {
      const { additionalProperties: values } = schema;
      return `Record<string, ${typeof values === 'object' ? typeText(values, depth + 1) : 'unknown'}>`;
    }
    case 'integer':
      return 'number';
    default:
      return typeof schema.type === 'string' ? schema.type : 'unknown';
  }
}

const MARKED: Readonly<Record<string, string>> = {
  date: 'Date',
  url: 'URL',
  file: 'File',
  set: 'Set',
  map: 'Map',
  formdata: 'FormData',
  literal: 'literal',
};

function objectText(
  schema: JsonSchema,
  properties: NonNullable<JsonSchema['properties']>,
  depth: number,
): string {
  const pad = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(([key, child]) => {
    const optional = schema.required?.includes(key) === true ? '' : '?';
    return `${pad}${key}${optional}: ${typeText(child, depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}
