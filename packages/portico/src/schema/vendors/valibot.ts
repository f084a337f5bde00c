import {
  kindOfClass,
  MARK,
  type JsonSchema,
  type Mark,
  type SchemaDocument,
  type SchemaSide,
} from '../json-document.ts';
import { optionalModule } from '../optional-module.ts';
import { SchemaPlanError } from '../plan-error.ts';
import type { StandardJsonSchema, StandardSchema } from '../standard.ts';

/** What is read of a Valibot schema and of the actions in its pipe. */
interface ValibotSchema {
  readonly type: string;
  readonly class?: { readonly name?: string };
  readonly value?: unknown;
  readonly key?: unknown;
  readonly literal?: unknown;
  readonly default?: unknown;
}

interface ValibotAction {
  readonly type: string;
  readonly requirement?: unknown;
}

type ToStandardJsonSchema = (schema: StandardSchema) => {
  readonly '~standard': { readonly jsonSchema: StandardJsonSchema };
};

/** @throws SchemaPlanError where `@valibot/to-json-schema` is not installed. */
export function describeValibot(schema: StandardSchema, side: SchemaSide): SchemaDocument {
  const attachments: unknown[] = [];
  const attach = (value: unknown): number => attachments.push(value) - 1;
  const jsonSchema = schema['~standard'].jsonSchema ?? converter()(schema)['~standard'].jsonSchema;
  const root = (jsonSchema[side] ?? jsonSchema.input)({
    target: 'draft-2020-12',
    libraryOptions: {
      typeMode: side,
      errorMode: 'ignore',
      overrideSchema: (context: { valibotSchema: ValibotSchema; jsonSchema: JsonSchema }) =>
        annotateSchema(context.valibotSchema, context.jsonSchema, attach),
      overrideAction: (context: { valibotAction: ValibotAction; jsonSchema: JsonSchema }) =>
        annotateAction(context.valibotAction, context.jsonSchema),
    },
  });
  return { root, attachments };
}

function converter(): ToStandardJsonSchema {
  const peer = optionalModule('@valibot/to-json-schema') as
    | { toStandardJsonSchema?: ToStandardJsonSchema }
    | undefined;
  if (peer?.toStandardJsonSchema !== undefined) return peer.toStandardJsonSchema;
  throw new SchemaPlanError(
    '',
    'is a Valibot schema, and "@valibot/to-json-schema" could not be loaded to read it',
    'Install "@valibot/to-json-schema", or wrap the schema with its toStandardJsonSchema(), ' +
      'or pass `decode` with a kind for each field that is not text.',
  );
}

// Wrappers (optional, nullable, pipe …) come with the keywords of what they wrap, marks included.
function annotateSchema(
  schema: ValibotSchema,
  jsonSchema: JsonSchema,
  attach: (value: unknown) => number,
): JsonSchema {
  const mark = markOf(schema, attach);
  const marked = mark === undefined ? jsonSchema : withMark(jsonSchema, mark);
  if (schema.type === 'loose_object' || schema.type === 'loose_object_async') {
    return { ...marked, additionalProperties: {} };
  }
  if (schema.type === 'undefinedable' || schema.type === 'undefinedable_async') {
    return { anyOf: [marked, { [MARK]: { kind: 'undefined' } }] };
  }
  return marked;
}

function markOf(schema: ValibotSchema, attach: (value: unknown) => number): Mark | undefined {
  switch (schema.type.replace(/_async$/, '')) {
    case 'date':
      return { kind: 'date' };
    case 'bigint':
      return { kind: 'bigint' };
    case 'file':
    case 'blob':
      return { kind: 'file' };
    case 'set':
      return { kind: 'set', values: attach(schema.value) };
    case 'map':
      return { kind: 'map', keys: attach(schema.key), values: attach(schema.value) };
    case 'undefined':
    case 'void':
      return { kind: 'undefined' };
    case 'literal':
      return typeof schema.literal === 'bigint'
        ? { kind: 'literal', values: attach([schema.literal]) }
        : undefined;
    case 'instance': {
      const kind = kindOfClass(schema.class?.name);
      return kind === undefined ? undefined : { kind };
    }
    default:
      return undefined;
  }
}

function annotateAction({ type, requirement }: ValibotAction, jsonSchema: JsonSchema): JsonSchema {
  const kind = jsonSchema[MARK]?.kind;
  if (kind === 'file') {
    if (type === 'mime_type') return withMark(jsonSchema, { accept: requirement as readonly string[] });
    if (type === 'max_size') return withMark(jsonSchema, { maxBytes: requirement as number });
  }
  if (kind === 'set') {
    if (type === 'min_size') return withMark(jsonSchema, { minItems: requirement as number });
    if (type === 'max_size') return withMark(jsonSchema, { maxItems: requirement as number });
  }
  if (kind === 'date' || kind === 'bigint') {
    if (type === 'min_value') return withMark(jsonSchema, { minimum: boundOf(requirement) });
    if (type === 'max_value') return withMark(jsonSchema, { maximum: boundOf(requirement) });
  }
  if (type === 'regex' && requirement instanceof RegExp && /[ims]/.test(requirement.flags)) {
    // JSON Schema has no flags: the pattern alone would refuse what the schema takes.
    const { pattern: _, ...rest } = jsonSchema;
    return rest;
  }
  return jsonSchema;
}

function boundOf(requirement: unknown): string {
  return requirement instanceof Date ? requirement.toISOString() : String(requirement);
}

function withMark(jsonSchema: JsonSchema, mark: Mark): JsonSchema {
  return { ...jsonSchema, [MARK]: { ...jsonSchema[MARK], ...mark } };
}
