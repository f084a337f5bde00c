import type { JsonSchema } from '../schema/json-document.ts';

const LOCAL = '#/$defs/';
const SHARED = '#/components/schemas/';
// Names that a library makes up say nothing in another document.
const MADE_UP = /^(?:schema\d+|self|element|unknown)\d*$/;

/** The shared schemas of a document. Equal ones of one name are kept once. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #keys = new Map<string, string>();

  /** Shares a schema under a name like this, and refers to it. */
  share(name: string, schema: JsonSchema): JsonSchema {
    return { $ref: SHARED + this.#put(name, this.lift(schema, name), JSON.stringify(schema)) };
  }

  /** The schema with its `$defs` moved here, so that its references resolve wherever it is put. */
  lift(schema: JsonSchema, owner: string): JsonSchema {
    const { $defs, ...root } = schema as JsonSchema & { $defs?: Readonly<Record<string, JsonSchema>> };
    if ($defs === undefined) return root;
    const names = new Map<string, string>();
    const all = JSON.stringify($defs);
    for (const [name, def] of Object.entries($defs)) {
      const wanted = MADE_UP.test(name) ? owner + name[0]?.toUpperCase() + name.slice(1) : name;
      names.set(name, this.#put(wanted, {}, `${name} ${reaches(def, $defs) ? all : JSON.stringify(def)}`));
    }
    for (const [name, def] of Object.entries($defs)) {
      this.schemas[names.get(name) ?? name] = renamed(def, names) as JsonSchema;
    }
    return renamed(root, names) as JsonSchema;
  }

  #put(wanted: string, schema: JsonSchema, key: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9._-]+/g, '_') || 'Schema';
    let name = plain;
    for (let count = 2; Object.hasOwn(this.schemas, name); count++) {
      if (this.#keys.get(name) === key) return name;
      name = `${plain}${count}`;
    }
    this.#keys.set(name, key);
    this.schemas[name] = schema;
    return name;
  }
}

/** Whether what a definition is depends on other definitions beside it. */
function reaches(def: JsonSchema, defs: object): boolean {
  return Object.keys(defs).length > 1 && JSON.stringify(def).includes(`"$ref":"${LOCAL}`);
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const isReference = key === '$ref' && typeof child === 'string' && child.startsWith(LOCAL);
    copy[key] = isReference
      ? SHARED + (names.get(child.slice(LOCAL.length)) ?? child.slice(LOCAL.length))
      : renamed(child, names);
  }
  return copy;
}
