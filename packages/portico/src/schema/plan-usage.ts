import type { Plan } from './plan.ts';

/** What is said of a value where it is used, apart from what it is: the same Date may be required here and optional there. */
export interface Usage {
  /** Dotted path; `*` stands for any element of a list or value of a record. */
  readonly path: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly secret: boolean;
  readonly defaultValue: unknown;
  readonly title: string | undefined;
  readonly description: string | undefined;
}

/** A required value at a path, of which nothing else is known. */
export function requiredAt(path: string): Usage {
  return {
    path,
    optional: false,
    nullable: false,
    secret: false,
    defaultValue: undefined,
    title: undefined,
    description: undefined,
  };
}

/** The part of a usage that every plan carries. */
export function commonOf(usage: Usage): Omit<Usage, 'path'> {
  const { optional, nullable, secret, defaultValue, title, description } = usage;
  return { optional, nullable, secret, defaultValue, title, description };
}

/** The plan of a shared definition, as one of its users needs it. */
export function specialise(plan: Plan, usage: Usage): Plan {
  return {
    ...plan,
    optional: plan.optional || usage.optional,
    nullable: plan.nullable || usage.nullable,
    secret: plan.secret || usage.secret,
    defaultValue: usage.defaultValue ?? plan.defaultValue,
    title: usage.title ?? plan.title,
    description: usage.description ?? plan.description,
  };
}

/** The path of a child: `items` and `*` make `items.*`. */
export function childPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
