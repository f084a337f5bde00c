import { MARK, type JsonSchema, type SchemaDocument } from './json-document.ts';
import { describeInput } from './json-schema.ts';
import { mergeAll } from './merge-all.ts';
import type { Plan } from './plan.ts';
import { compileChoice, compileScalar } from './plan-scalars.ts';
import { compileArray, compileMarked, compileObject } from './plan-containers.ts';
import { compileUnion } from './plan-unions.ts';
import { planOfKind, type DecodeKind } from './decode-kind.ts';
import { SchemaPlanError } from './plan-error.ts';
import { commonOf, requiredAt, specialise, type Usage } from './plan-usage.ts';
import type { StandardSchema } from './standard.ts';

export interface CompileOptions {
  /** Forms demand that everything can be decoded from text; JSON may hold what no plan knows. */
  readonly form: boolean;
  readonly decode?: Readonly<Record<string, DecodeKind>> | undefined;
}

type Filling = (plan: Plan) => void;

/**
 * Turns the nodes of a JSON Schema into plans. A definition that refers to itself gets one plan: whoever meets it while it
 * is still being made receives an empty object that is filled when it is done, so nothing may read a plan's kind before
 * the compiler is done without asking `isPending`.
 */
export class PlanCompiler {
  readonly #options: CompileOptions;
  readonly #documents = new Map<unknown, SchemaDocument | undefined>();
  readonly #definitions = new Map<JsonSchema, { plan: Plan | undefined; waiting: Filling[] }>();
  readonly #pending = new Map<Plan, Filling[]>();
  readonly #used = new Set<string>();

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  /** The plan of a whole schema; `undefined` where its library has no JSON Schema. */
  compileSchema(schema: unknown, usage: Usage): Plan | undefined {
    if (!this.#documents.has(schema)) this.#documents.set(schema, describeInput(schema as StandardSchema));
    const document = this.#documents.get(schema);
    return document && this.#compileDefinition(document.root, document, usage);
  }

  compile(node: JsonSchema | boolean, document: SchemaDocument, usage: Usage): Plan {
    const kind = this.kindAt(usage.path);
    if (kind !== undefined) return planOfKind(this, kind, annotate(node, document, usage));
    if (typeof node === 'boolean') return this.unknown(usage, 'takes anything');
    if (node.$ref !== undefined) {
      const target = resolve(node.$ref, document.root);
      if (target === undefined)
        return this.unknown(usage, `refers to "${node.$ref}", which the schema does not hold`);
      return this.#compileDefinition(target, document, annotate(node, document, usage));
    }
    const here = annotate(node, document, usage);
    if (node[MARK]?.kind !== undefined) return compileMarked(this, node, document, here);
    if (node.allOf !== undefined) return this.compile(mergeAll(node, document.root), document, usage);
    const variants = node.anyOf ?? node.oneOf;
    if (variants !== undefined) return compileUnion(this, node, variants, document, here);
    if (node.enum !== undefined) return compileChoice(node.enum, here, node.labels);
    if ('const' in node) return compileChoice([node.const], here);
    if (typeof node.type === 'object') {
      const types = node.type.map((type) => ({ ...node, type }));
      return compileUnion(this, node, types, document, here);
    }
    if (node.type === 'object') return compileObject(this, node, document, here);
    if (node.type === 'array') return compileArray(this, node, document, here);
    return compileScalar(node, here) ?? this.unknown(here, 'takes anything');
  }

  /** The plan of what cannot be decoded: an error in a form, anything goes in JSON. */
  unknown(usage: Usage, found: string, advice: string = ADVICE): Plan {
    if (this.#options.form)
      throw new SchemaPlanError(usage.path, `${found}, and form text cannot be decoded to it`, advice);
    return { kind: 'unknown', ...commonOf(usage) };
  }

  /** Refuses what can never arrive from a form. */
  refuseInForm(path: string, found: string, advice: string): void {
    if (this.#options.form) throw new SchemaPlanError(path, found, advice);
  }

  /** What the app's `decode` option says about a path. */
  kindAt(path: string): DecodeKind | undefined {
    const decode = this.#options.decode;
    if (decode === undefined || !Object.hasOwn(decode, path)) return undefined;
    this.#used.add(path);
    return decode[path];
  }

  /** Paths of the `decode` option that no field has answered to. */
  unusedKinds(): string[] {
    return Object.keys(this.#options.decode ?? {}).filter((path) => !this.#used.has(path));
  }

  /** True while a plan is an empty object that waits for its definition. */
  isPending(plan: Plan): boolean {
    return this.#pending.has(plan);
  }

  #compileDefinition(node: JsonSchema, document: SchemaDocument, usage: Usage): Plan {
    // What `decode` says of one place must not leak to the other places that share the definition.
    if (this.#overridesUnder(usage.path)) return this.compile(node, document, usage);
    const known = this.#definitions.get(node);
    if (known !== undefined) return this.#use(known, usage);
    const definition = { plan: undefined as Plan | undefined, waiting: [] as Filling[] };
    this.#definitions.set(node, definition);
    const plan = this.compile(node, document, requiredAt(usage.path));
    definition.plan = plan;
    for (const fill of definition.waiting) this.#whenReady(plan, fill);
    return this.#use(definition, usage);
  }

  #use(definition: { plan: Plan | undefined; waiting: Filling[] }, usage: Usage): Plan {
    const { plan } = definition;
    if (plan !== undefined && !this.#pending.has(plan)) return specialise(plan, usage);
    const draft = {} as Plan;
    this.#pending.set(draft, []);
    const fill = (made: Plan): void => {
      Object.assign(draft, specialise(made, usage));
      const waiting = this.#pending.get(draft) ?? [];
      this.#pending.delete(draft);
      for (const next of waiting) next(draft);
    };
    if (plan === undefined) definition.waiting.push(fill);
    else this.#whenReady(plan, fill);
    return draft;
  }

  #whenReady(plan: Plan, fill: Filling): void {
    const waiting = this.#pending.get(plan);
    if (waiting === undefined) fill(plan);
    else waiting.push(fill);
  }

  #overridesUnder(path: string): boolean {
    const prefix = path === '' ? '' : `${path}.`;
    return Object.keys(this.#options.decode ?? {}).some((key) => key === path || key.startsWith(prefix));
  }
}

const ADVICE =
  'Use a narrower schema, discriminate a union by a literal, pass `decode` for this field, or accept JSON instead of a form.';

function resolve(pointer: string, root: JsonSchema): JsonSchema | undefined {
  let target: unknown = root;
  for (let hops = 0; hops < 32; hops++) {
    target = root;
    for (const part of pointer.split('/').slice(1)) {
      const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined;
      target = (target as Record<string, unknown>)[key];
    }
    const next = (target as JsonSchema).$ref;
    if (next === undefined) return target as JsonSchema;
    pointer = next;
  }
  return undefined;
}

function annotate(node: JsonSchema | boolean, document: SchemaDocument, usage: Usage): Usage {
  if (typeof node === 'boolean') return usage;
  const attached = node[MARK]?.default;
  const fallback = attached === undefined ? node['default'] : document.attachments[attached];
  return {
    path: usage.path,
    optional: usage.optional || 'default' in node || attached !== undefined,
    nullable: usage.nullable,
    secret: usage.secret || node['secret'] === true || node.format === 'password',
    defaultValue: usage.defaultValue ?? fallback,
    title: usage.title ?? node.title,
    description: usage.description ?? node.description,
  };
}
