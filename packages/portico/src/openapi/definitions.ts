import type { JsonSchema } from '../schema/json-document.ts';
import type { Node } from './absent-values.ts';

/** The `$defs` of a schema while it is written: what is referred to has a name, and is written once. */
export class Definitions {
  readonly all: Record<string, JsonSchema> = {};
  readonly #names = new Map<unknown, string>();
  /** Names that something refers to. */
  readonly #used = new Set<string>();

  /** A reference to what `identity` stands for, which is written now unless it has been, or is being written. */
  refer(identity: unknown, wanted: string, write: () => Node): JsonSchema {
    const known = this.#known(identity);
    if (known) return known;
    const name = this.#name(identity, wanted);
    this.all[name] = write() as JsonSchema;
    return { $ref: `#/$defs/${name}` };
  }

  /** The schema itself where nothing in it refers back to it, else a reference. */
  inline(identity: unknown, wanted: string, write: () => Node): Node {
    const known = this.#known(identity);
    if (known) return known;
    const name = this.#name(identity, wanted);
    const written = write();
    if (this.#used.has(name)) {
      this.all[name] = written as JsonSchema;
      return { $ref: `#/$defs/${name}` };
    }
    delete this.all[name];
    this.#names.delete(identity);
    return written;
  }

  #known(identity: unknown): JsonSchema | undefined {
    const name = this.#names.get(identity);
    if (name === undefined) return undefined;
    this.#used.add(name);
    return { $ref: `#/$defs/${name}` };
  }

  #name(identity: unknown, wanted: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9.-]+/g, '') || 'self';
    let name = plain;
    for (let count = 2; Object.hasOwn(this.all, name); count++) name = `${plain}${count}`;
    this.#names.set(identity, name);
    this.all[name] = {};
    return name;
  }
}
