import {
  kindOfClass,
  MARK,
  type JsonSchema,
  type Mark,
  type SchemaDocument,
  type SchemaSide,
} from '../json-document.ts';
import type { StandardJsonSchema, StandardSchema } from '../standard.ts';

/** What ArkType hands over where JSON Schema has no word: `code` says which of the others is set. */
interface Fallback {
  readonly code: string;
  readonly base: JsonSchema;
  readonly proto?: { readonly name?: string };
  readonly domain?: string;
  readonly unit?: unknown;
  readonly after?: Date;
  readonly before?: Date;
}

/** The part of a Type in which its defaults stand. */
interface ArkNode {
  /** Of a pipe: what goes into it. */
  readonly inner?: { readonly in?: ArkNode };
  readonly structure?: {
    readonly props?: ReadonlyArray<{
      readonly key: PropertyKey;
      readonly default?: unknown;
      readonly value?: ArkNode;
    }>;
  };
}

export function describeArkType(
  schema: StandardSchema,
  jsonSchema: StandardJsonSchema,
  side: SchemaSide,
): SchemaDocument {
  const attachments: unknown[] = [];
  const attach = (value: unknown): number => attachments.push(value) - 1;
  const root = (jsonSchema[side] ?? jsonSchema.input)({
    target: 'draft-2020-12',
    libraryOptions: {
      fallback: (context: Fallback) => {
        const mark = markOf(context, attach);
        return mark === undefined
          ? context.base
          : { ...context.base, [MARK]: { ...context.base[MARK], ...mark } };
      },
    },
  });
  return { root: side === 'input' ? withDefaults(root, schema as unknown as ArkNode) : root, attachments };
}

function markOf(context: Fallback, attach: (value: unknown) => number): Mark | undefined {
  switch (context.code) {
    case 'date':
      return {
        kind: 'date',
        ...(context.after && { minimum: context.after.toISOString() }),
        ...(context.before && { maximum: context.before.toISOString() }),
      };
    case 'domain':
      return context.domain === 'bigint' ? { kind: 'bigint' } : undefined;
    case 'proto': {
      const kind = kindOfClass(context.proto?.name);
      return kind === undefined ? undefined : { kind };
    }
    case 'unit':
      if (context.unit === undefined) return { kind: 'undefined' };
      return typeof context.unit === 'bigint'
        ? { kind: 'literal', values: attach([context.unit]) }
        : undefined;
    default:
      return undefined;
  }
}

// ArkType's JSON Schema leaves defaults out; its nodes have them. Recursive types are followed as far as they are inlined.
function withDefaults(jsonSchema: JsonSchema, type: ArkNode): JsonSchema {
  const props = (type.structure ?? type.inner?.in?.structure)?.props;
  if (props === undefined || jsonSchema.properties === undefined) return jsonSchema;
  const properties: Record<string, JsonSchema> = { ...jsonSchema.properties };
  for (const { key, default: value, value: inner } of props) {
    const property = typeof key === 'string' && Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (typeof key !== 'string' || property === undefined) continue;
    const described = inner === undefined ? property : withDefaults(property, inner);
    const fallback: unknown = typeof value === 'function' ? (value as () => unknown)() : value;
    properties[key] = fallback === undefined ? described : { ...described, default: fallback };
  }
  return { ...jsonSchema, properties };
}
