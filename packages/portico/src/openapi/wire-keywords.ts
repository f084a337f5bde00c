import { MARK, type JsonSchema, type Mark, type SchemaDocument } from '../schema/json-document.ts';
import type { Notation } from './wire-schema.ts';

// Keywords that are ours or speak of the document they stood in.
export const DROPPED: ReadonlySet<string> = new Set([
  MARK,
  '$schema',
  '$defs',
  'definitions',
  '$id',
  'id',
  'secret',
  'labels',
]);
/** Keywords whose value is a schema. */
export const ONE: ReadonlySet<string> = new Set([
  'items',
  'additionalProperties',
  'not',
  'contains',
  'if',
  'then',
  'else',
]);
/** A list of schemas. */
export const MANY: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
/** Schemas by name. */
export const NAMED: ReadonlySet<string> = new Set(['patternProperties', 'dependentSchemas']);

/** `readOnly` would tell clients not to send the field; libraries mean by it that code may not change the value. */
export function asInput(node: JsonSchema, written: Record<string, unknown>, notation: Notation): JsonSchema {
  delete written['readOnly'];
  // Forms carry Portico's own fields beside the schema's, and what nobody knows is dropped.
  if (notation === 'form' && written['additionalProperties'] === false)
    delete written['additionalProperties'];
  return node['secret'] === true ? secret(written) : written;
}

/** Answers may grow: who reads them takes no offence at what he does not know. */
export function asOutput(written: Record<string, unknown>): JsonSchema {
  if (written['additionalProperties'] === false) delete written['additionalProperties'];
  return written;
}

/** Never shown, and never sent back: what it is without being sent, or may be, is nobody's to read either. */
export function secret(node: JsonSchema): JsonSchema {
  const {
    default: _default,
    examples: _examples,
    example: _example,
    ...rest
  } = node as JsonSchema & Record<'example' | 'examples', unknown>;
  return { format: 'password', ...rest, writeOnly: true };
}

/** The default as the wire has it, where the library could not put it into JSON. */
export function withDefault(node: JsonSchema, mark: Mark | undefined, document: SchemaDocument): JsonSchema {
  if (mark?.default === undefined || node['writeOnly'] === true) return node;
  const { default: _, ...rest } = node;
  const value = document.attachments[mark.default];
  if (typeof value === 'bigint') return { ...rest, default: String(value) };
  if (value instanceof Set) return { ...rest, default: [...(value as Set<unknown>)] };
  return value instanceof Date || Array.isArray(value)
    ? { ...rest, default: JSON.parse(JSON.stringify(value)) as unknown }
    : rest;
}

/** Whether a node says nothing of what a value is. */
export function isAnything(node: JsonSchema): boolean {
  return !['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', 'not', MARK].some(
    (keyword) => keyword in node,
  );
}

// Libraries bound every integer by what a double holds, which says nothing to a person.
export function isUnbounded(keyword: string, value: unknown): boolean {
  return (
    (keyword === 'minimum' || keyword === 'maximum') && Math.abs(Number(value)) >= Number.MAX_SAFE_INTEGER
  );
}
