import { MARK, type JsonSchema, type SchemaDocument, type SchemaSide } from '../schema/json-document.ts';
import { describeSchema } from '../schema/json-schema.ts';
import { isSecretField } from '../schema/secrets.ts';
import type { StandardSchema } from '../schema/standard.ts';
import { ABSENT, isAbsent, isEmptyWhenAbsent, mayBeAbsent, NOTHING, type Node } from './absent-values.ts';
import { Definitions } from './definitions.ts';
import { markedSchema } from './marked-schema.ts';
import { targetOf } from './schema-pointer.ts';
import {
  asInput,
  asOutput,
  DROPPED,
  isAnything,
  isUnbounded,
  MANY,
  NAMED,
  ONE,
  secret,
  withDefault,
} from './wire-keywords.ts';

/**
 * How values travel. `json`: a JSON body of a request, from which Dates and the like are restored. `form`: a form or a query.
 * `answer`: plain JSON as answers have it.
 */
export type Notation = 'json' | 'form' | 'answer';

/** A schema of what is on the wire, in plain JSON Schema (draft 2020-12): `$ref` leads to `#/$defs/…` of its own. */
export interface WireSchema {
  readonly schema: JsonSchema;
  /** The value may be left out altogether. */
  readonly optional: boolean;
  /** It holds what plain JSON does not tell apart (Date, bigint, Set …), so the rpc door may answer in devalue's format. */
  readonly rich: boolean;
  /** What it takes cannot be sent in this notation: a file that is required, in JSON. */
  readonly unsendable: boolean;
}

/** `undefined` where the library cannot describe its schemas, or not this one. */
export function wireSchema(schema: StandardSchema, notation: Notation): WireSchema | undefined {
  const side = notation === 'answer' ? 'output' : 'input';
  try {
    const document = describeSchema(schema, side);
    return document && new WireSchemaWriter(notation, side).write(document);
  } catch {
    return undefined;
  }
}

/** Writes one document, and those of the schemas inside of Sets and Maps, into one schema. */
class WireSchemaWriter {
  readonly #notation: Notation;
  readonly #side: SchemaSide;
  readonly #defs = new Definitions();
  #rich = false;

  constructor(notation: Notation, side: SchemaSide) {
    this.#notation = notation;
    this.#side = side;
  }

  write(document: SchemaDocument): WireSchema {
    const root = this.#convert(document.root, document);
    const optional = isAbsent(document.root) || mayBeAbsent(document.root);
    const { all } = this.#defs;
    const defs = Object.keys(all).length === 0 ? {} : { $defs: all };
    return {
      schema: typeof root === 'boolean' ? {} : { ...root, ...defs },
      optional,
      rich: this.#rich,
      unsendable: root === NOTHING,
    };
  }

  #convert(node: Node, document: SchemaDocument): Node {
    if (typeof node === 'boolean') return node;
    if (isAbsent(node)) return ABSENT;
    const mark = node[MARK];
    const own = this.#keywords(node, document);
    if (own === NOTHING) return NOTHING;
    if (mark?.kind === undefined) {
      if (this.#side === 'output' && isAnything(node)) this.#rich = true;
      return withDefault(own, mark, document);
    }
    if (mark.kind !== 'file' && mark.kind !== 'formdata') this.#rich = true;
    const inner = (attachment: number | undefined): Node => this.#inner(attachment, document);
    const special = markedSchema(mark, node, this.#notation, document, inner);
    return special === NOTHING ? NOTHING : withDefault({ ...own, ...special }, mark, document);
  }

  #keywords(node: JsonSchema, document: SchemaDocument): JsonSchema {
    const written: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(node)) {
      if (DROPPED.has(keyword)) continue;
      if (keyword === '$ref') Object.assign(written, this.#reference(String(value), document));
      else if (keyword === 'properties') this.#properties(node, document, written);
      else if (keyword === 'required') continue;
      else if (ONE.has(keyword)) written[keyword] = this.#convert(value as Node, document);
      else if (MANY.has(keyword)) {
        const parts = (value as Node[]).filter((part) => !isAbsent(part));
        const sendable = parts
          .map((part) => this.#convert(part, document))
          .filter((part) => part !== NOTHING || keyword !== 'anyOf');
        if (parts.length > 0 && sendable.length === 0) return NOTHING;
        written[keyword] = sendable;
      } else if (NAMED.has(keyword)) {
        written[keyword] = Object.fromEntries(
          Object.entries(value as Record<string, Node>).map(([key, child]) => [
            key,
            this.#convert(child, document),
          ]),
        );
      } else if (!isUnbounded(keyword, value)) written[keyword] = value;
    }
    if (node.properties === undefined && node.required) written['required'] = node.required;
    if (written['items'] === NOTHING) {
      if ((node.minItems ?? 0) > 0) return NOTHING;
      // A list of what cannot be sent may still be sent empty.
      delete written['items'];
      written['maxItems'] = 0;
    }
    if (written['required'] === NOTHING) return NOTHING;
    return this.#side === 'input' ? asInput(node, written, this.#notation) : asOutput(written);
  }

  #properties(node: JsonSchema, document: SchemaDocument, written: Record<string, unknown>): void {
    const needed = new Set(node.required);
    const properties: Record<string, Node> = Object.create(null) as Record<string, Node>;
    const required: string[] = [];
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      const converted = this.#convert(child, document);
      if (converted === NOTHING || converted === ABSENT) {
        if (converted === NOTHING && needed.has(key)) {
          written['required'] = NOTHING;
          return;
        }
        continue;
      }
      const isSecret =
        this.#side === 'input' && typeof converted === 'object' && isSecretField(undefined, key);
      properties[key] = isSecret ? secret(converted) : converted;
      const canBeLeftOut = mayBeAbsent(child) || (this.#notation === 'form' && isEmptyWhenAbsent(child));
      if (needed.has(key) && !canBeLeftOut) required.push(key);
    }
    written['properties'] = properties;
    if (required.length > 0) written['required'] = required;
  }

  /** The schema of the values in a Set or Map, which has a document of its own and may hold itself. */
  #inner(attachment: number | undefined, document: SchemaDocument): Node {
    const schema = attachment === undefined ? undefined : document.attachments[attachment];
    if (schema === undefined) return {};
    const described = describeSchema(schema as StandardSchema, this.#side);
    return described
      ? this.#defs.inline(schema, 'element', () => this.#convert(described.root, described))
      : {};
  }

  #reference(pointer: string, document: SchemaDocument): JsonSchema {
    const target = targetOf(pointer, document.root) ?? {};
    return this.#defs.refer(target, pointer.split('/').at(-1) ?? '', () => this.#convert(target, document));
  }
}
