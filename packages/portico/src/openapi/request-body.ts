import type { JsonSchema } from '../schema/json-document.ts';
import { JSON_TYPE } from '../wire/names.ts';
import { inputSchema } from './action-schemas.ts';
import type { Described } from './described.ts';
import { parameterStyle } from './parameter-style.ts';
import type { OpenApiEncoding, OpenApiMediaType, OpenApiRequestBody } from './document-types.ts';

/** The bodies an action takes. `inPath`: fields that the path of a route brings. */
export function requestBody(
  described: Described,
  inPath: ReadonlySet<string>,
): OpenApiRequestBody | undefined {
  const { definition } = described;
  const content: Record<string, OpenApiMediaType> = {};
  let required = false;
  if (definition.accept !== 'form') {
    const { schema, optional, unsendable } = inputSchema(definition, 'json');
    if (!unsendable)
      content[JSON_TYPE] = { schema: shared(described, 'Input', without(schema, inPath), inPath) };
    required = !optional;
  }
  if (definition.accept !== 'json') {
    const { schema, optional } = inputSchema(definition, 'form');
    const form = without(schema, inPath);
    const files = fileFields(form);
    const { required: needed = [] } = form;
    if (!needed.some((name) => files.has(name))) {
      const texts = without(form, files);
      content['application/x-www-form-urlencoded'] = {
        schema: shared(described, files.size === 0 ? 'Form' : 'TextForm', texts, inPath),
        ...encodingsOf(texts),
      };
    }
    content['multipart/form-data'] = {
      schema: shared(described, 'Form', form, inPath),
      ...encodingsOf(form),
    };
    required ||= !optional && needed.length > 0;
  }
  const isEmpty = Object.keys(content).length === 0;
  return isEmpty ? undefined : { required, content };
}

function shared(
  { components, title }: Described,
  kind: string,
  schema: JsonSchema,
  inPath: ReadonlySet<string>,
): JsonSchema {
  if (Object.keys(schema).length === 0) return {};
  return components.share(`${title}${inPath.size > 0 ? 'Route' : ''}${kind}`, schema);
}

/** The schema without some of its properties. */
function without(schema: JsonSchema, names: ReadonlySet<string>): JsonSchema {
  if (names.size === 0 || schema.properties === undefined) return schema;
  const { properties, required = [], ...rest } = schema;
  const needed = required.filter((name) => !names.has(name));
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name))),
    ...(needed.length > 0 && { required: needed }),
  };
}

function fileFields({ properties = {} }: JsonSchema): Set<string> {
  return new Set(Object.keys(properties).filter((name) => fileOf(properties[name]) !== undefined));
}

function fileOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  if (schema.format === 'binary') return schema;
  if (typeof schema.items === 'object') return fileOf(schema.items);
  return schema.anyOf?.map(fileOf).find((found) => found !== undefined);
}

/** How fields are written that are more than a text. */
function encodingsOf(form: JsonSchema): { encoding?: Record<string, OpenApiEncoding> } {
  const encoding: Record<string, OpenApiEncoding> = {};
  for (const [name, field] of Object.entries(form.properties ?? {})) {
    const types = fileOf(field)?.['contentMediaType'];
    const style = fileOf(field) ? undefined : parameterStyle(field, form);
    if (typeof types === 'string') encoding[name] = { contentType: types };
    else if (style) encoding[name] = style;
  }
  return Object.keys(encoding).length === 0 ? {} : { encoding };
}
