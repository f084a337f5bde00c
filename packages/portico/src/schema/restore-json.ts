import { parseDate } from './parse-date.ts';
import { parseBigint } from './parse-number.ts';
import type { ListPlan, MapPlan, ObjectPlan, Plan, UnionPlan } from './plan.ts';

type Restore = (value: unknown) => unknown;

/**
 * Brings back what JSON cannot carry, where the plan has it: Date and URL from text, bigint from decimal text or a whole
 * number, Set from a list, Map from a list of pairs. What does not parse is left for the schema to report. The input is not
 * changed; parts without anything to restore are shared with it. `undefined` where the plan has nothing to restore.
 * Meant for values out of `parseJson`, which bounds their depth.
 */
export function compileRestore(plan: Plan): Restore | undefined {
  return restores(plan, new Set()) ? restoreOf(plan, new Map()) : undefined;
}

/** The plans below a plan, and for a plan that holds itself the identity that its copies share. */
function partsOf(plan: Plan): { identity: unknown; parts: readonly Plan[] } {
  switch (plan.kind) {
    case 'object':
      return {
        identity: plan.properties,
        parts: [...plan.properties.values(), ...(plan.rest ? [plan.rest] : [])],
      };
    case 'record':
      return { identity: plan.values, parts: [plan.values] };
    case 'array':
    case 'tuple':
      return {
        identity: plan.items ?? plan.prefix,
        parts: [...plan.prefix, ...(plan.items ? [plan.items] : [])],
      };
    case 'union':
      return { identity: plan.variants, parts: [...plan.variants.values()] };
    default:
      return { identity: plan, parts: [] };
  }
}

function restores(plan: Plan, seen: Set<unknown>): boolean {
  if (['date', 'bigint', 'url', 'set', 'map'].includes(plan.kind)) return true;
  if (plan.kind === 'choice') return plan.values.some((value) => typeof value === 'bigint');
  const { identity, parts } = partsOf(plan);
  if (seen.has(identity)) return false;
  seen.add(identity);
  return parts.some((part) => restores(part, seen));
}

// Plans may hold themselves: the function of a plan is known before it is made.
function restoreOf(plan: Plan, made: Map<Plan, Restore>): Restore {
  const known = made.get(plan);
  if (known !== undefined) return known;
  let restore: Restore = (value) => value;
  made.set(plan, (value) => restore(value));
  if (restores(plan, new Set())) restore = newRestore(plan, made);
  return restore;
}

function newRestore(plan: Plan, made: Map<Plan, Restore>): Restore {
  switch (plan.kind) {
    case 'date':
      return (value) => (typeof value === 'string' ? (parseDate(value) ?? value) : value);
    case 'url':
      return (value) => (typeof value === 'string' && URL.canParse(value) ? new URL(value) : value);
    case 'bigint':
      return bigintOf;
    case 'choice': {
      const { values } = plan;
      return (value) => {
        const restored = values.includes(value as string) ? value : bigintOf(value);
        return values.includes(restored as bigint) ? restored : value;
      };
    }
    case 'object':
      return restoreObject(plan, made);
    case 'record': {
      const restore = restoreOf(plan.values, made);
      return (value) => (isRecord(value) ? restoreKeys(value, Object.keys(value), () => restore) : value);
    }
    case 'array':
    case 'set':
    case 'tuple':
      return restoreList(plan, made);
    case 'map':
      return restoreMap(plan, made);
    case 'union':
      return restoreUnion(plan, made);
    default:
      return (value) => value;
  }
}

function bigintOf(value: unknown): unknown {
  if (typeof value === 'string') return parseBigint(value) ?? value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function restoreObject(plan: ObjectPlan, made: Map<Plan, Restore>): Restore {
  const byKey = new Map<string, Restore>();
  for (const [key, child] of plan.properties) {
    if (restores(child, new Set())) byKey.set(key, restoreOf(child, made));
  }
  const ownKeys = [...byKey.keys()];
  const { rest } = plan;
  const free = rest !== undefined && restores(rest, new Set()) ? restoreOf(rest, made) : undefined;
  return (value) => {
    if (!isRecord(value)) return value;
    if (free === undefined) return restoreKeys(value, ownKeys, (key) => byKey.get(key));
    return restoreKeys(value, Object.keys(value), (key) =>
      plan.properties.has(key) ? byKey.get(key) : free,
    );
  };
}

/** A copy with some keys restored, or the object itself where nothing changed. */
function restoreKeys(
  value: Record<string, unknown>,
  keys: readonly string[],
  restoreAt: (key: string) => Restore | undefined,
): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const key of keys) {
    if (!Object.hasOwn(value, key)) continue;
    const before = value[key];
    const after = restoreAt(key)?.(before) ?? before;
    if (after === before) continue;
    copy ??= { ...value };
    // An own property by now, whatever its name: a key `__proto__` stays a key.
    copy[key] = after;
  }
  return copy ?? value;
}

function restoreList(plan: ListPlan, made: Map<Plan, Restore>): Restore {
  const prefix = plan.prefix.map((child) => restoreOf(child, made));
  const items = plan.items === undefined ? undefined : restoreOf(plan.items, made);
  return (value) => {
    if (!Array.isArray(value)) return value;
    const restored = value.map((item: unknown, index) => (prefix[index] ?? items)?.(item) ?? item);
    if (plan.kind === 'set') return new Set(restored);
    return restored.some((item, index) => item !== value[index]) ? restored : value;
  };
}

function restoreMap(plan: MapPlan, made: Map<Plan, Restore>): Restore {
  const keys = restoreOf(plan.keys, made);
  const values = restoreOf(plan.values, made);
  return (value) => {
    if (!Array.isArray(value) || !value.every((pair) => Array.isArray(pair) && pair.length === 2))
      return value;
    return new Map(value.map(([key, item]: [unknown, unknown]) => [keys(key), values(item)]));
  };
}

function restoreUnion(plan: UnionPlan, made: Map<Plan, Restore>): Restore {
  const variants = new Map<string, Restore>();
  for (const [text, variant] of plan.variants) variants.set(text, restoreOf(variant, made));
  return (value) => {
    if (!isRecord(value) || !Object.hasOwn(value, plan.discriminator)) return value;
    return variants.get(String(value[plan.discriminator]))?.(value) ?? value;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
