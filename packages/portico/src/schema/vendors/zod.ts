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
import type { StandardSchema } from '../standard.ts';
import { limitsOf, type ZodInternals } from './zod-checks.ts';

interface OverrideContext {
  readonly zodSchema: { readonly _zod: ZodInternals };
  readonly jsonSchema: Record<string, unknown>;
}

type ToJsonSchema = (schema: unknown, options: Record<string, unknown>) => JsonSchema;

/** @throws SchemaPlanError where a Zod mini schema's `toJSONSchema` is out of reach. */
export function describeZod(schema: StandardSchema, side: SchemaSide): SchemaDocument {
  const attachments: unknown[] = [];
  const attach = (value: unknown): number => attachments.push(value) - 1;
  const options = {
    unrepresentable: 'any',
    override: (context: OverrideContext): void => annotate(context, attach),
  };
  const own = schema['~standard'].jsonSchema;
  const describe = own?.[side] ?? own?.input;
  const root = describe
    ? describe({ target: 'draft-2020-12', libraryOptions: options })
    : toJsonSchema()(schema, { ...options, io: side, target: 'draft-2020-12' });
  return { root, attachments };
}

// Zod mini leaves the method out of its schemas, to be tree-shaken.
function toJsonSchema(): ToJsonSchema {
  const core = optionalModule('zod/v4/core') as { toJSONSchema?: ToJsonSchema } | undefined;
  if (core?.toJSONSchema !== undefined) return core.toJSONSchema;
  throw new SchemaPlanError(
    '',
    'is a Zod mini schema, whose JSON Schema could not be made because "zod/v4/core" could not be loaded here',
    'Use "zod" for this schema, or pass `decode` with a kind for each field that is not text.',
  );
}

// Zod visits the inner schema first and copies its keywords, marks included, into the wrapper (optional, nullable, pipe …).
function annotate({ zodSchema, jsonSchema }: OverrideContext, attach: (value: unknown) => number): void {
  const internals = zodSchema._zod;
  const mark = markOf(internals, attach);
  if (mark !== undefined) jsonSchema[MARK] = { ...(jsonSchema[MARK] as Mark | undefined), ...mark };
  if (internals.def.type !== 'string') return;
  if (internals.def.format === 'time') jsonSchema['format'] = 'time';
  // JSON Schema has no flags: a pattern that leans on them would refuse what the schema takes.
  if (limitsOf(internals).patterns.some((pattern) => /[ims]/.test(pattern.flags))) {
    delete jsonSchema['pattern'];
    delete jsonSchema['allOf'];
  }
}

function markOf(internals: ZodInternals, attach: (value: unknown) => number): Mark | undefined {
  const { def, bag } = internals;
  switch (def.type) {
    case 'date': {
      const { minimum, maximum } = limitsOf(internals);
      return { kind: 'date', minimum: isoOf(minimum), maximum: isoOf(maximum) };
    }
    case 'bigint': {
      const { minimum, maximum } = limitsOf(internals);
      return { kind: 'bigint', minimum: decimalOf(minimum), maximum: decimalOf(maximum) };
    }
    case 'file': {
      const { maximum, mime } = limitsOf(internals);
      return { kind: 'file', maxBytes: numberOf(maximum), accept: mime };
    }
    case 'set': {
      const { minimum, maximum } = limitsOf(internals);
      const values = attach(def.valueType);
      return { kind: 'set', values, minItems: numberOf(minimum), maxItems: numberOf(maximum) };
    }
    case 'map':
      return { kind: 'map', keys: attach(def.keyType), values: attach(def.valueType) };
    case 'undefined':
    case 'void':
      return { kind: 'undefined' };
    case 'literal':
      return def.values?.some((value) => typeof value === 'bigint' || value === undefined)
        ? { kind: 'literal', values: attach(def.values) }
        : undefined;
    case 'custom': {
      const kind = kindOfClass(bag?.Class?.name);
      return kind === undefined ? undefined : { kind };
    }
    case 'default':
    case 'prefault':
      return typeof def.defaultValue === 'object' || typeof def.defaultValue === 'bigint'
        ? { default: attach(def.defaultValue) }
        : undefined;
    default:
      return undefined;
  }
}

function isoOf(value: unknown): string | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}

function decimalOf(value: unknown): string | undefined {
  return typeof value === 'bigint' ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
