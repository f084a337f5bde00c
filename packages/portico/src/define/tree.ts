import type { ActionObject } from './action.ts';
import { isAction } from './define-action.ts';
import { encodeSegment, nameAction } from './action-name.ts';

/** The nested object of actions that an app exports as `server`. */
export interface ActionTree {
  readonly [key: string]: ActionTree | ActionObject;
}

/** One action of a checked tree. */
export interface MountedAction {
  readonly name: string;
  readonly action: ActionObject;
}

// These keys mean something on every action or promise, or reach a prototype: a caller could not name such an action.
const RESERVED_KEYS = new Set([
  'then',
  'toJSON',
  'orThrow',
  'toString',
  'queryString',
  'path',
  'constructor',
  'prototype',
  '__proto__',
  // Dot segments, which URL parsers resolve even where they are percent-encoded.
  '.',
  '..',
]);

const MAX_DEPTH = 32;

/** A tree that cannot be served. The message names the path of the key at fault. */
export class ActionTreeError extends Error {
  override readonly name = 'ActionTreeError';
}

/** Checks a tree and gives each action its name. Throws `ActionTreeError`. */
export function mountTree(trees: readonly ActionTree[], base: string): Map<string, MountedAction> {
  const byName = new Map<string, MountedAction>();
  const nameOf = new Map<ActionObject, string>();
  for (const tree of trees) collect(tree, '', '', byName, nameOf);
  for (const name of byName.keys()) refuseNamespace(name, byName);
  for (const { name, action } of byName.values()) nameAction(action, name, base);
  return byName;
}

function collect(
  node: ActionTree,
  prefix: string,
  shown: string,
  byName: Map<string, MountedAction>,
  nameOf: Map<ActionObject, string>,
): void {
  if (prefix.split('.').length > MAX_DEPTH) {
    throw new ActionTreeError(
      `actions: "${shown.slice(0, 60)}…" nests deeper than ${MAX_DEPTH} levels. Does it hold itself?`,
    );
  }
  for (const key of Object.keys(node)) {
    const place = shown === '' ? key : `${shown}.${key}`;
    if (key === '' || RESERVED_KEYS.has(key)) {
      throw new ActionTreeError(
        `actions: the key ${JSON.stringify(key)}${shown === '' ? '' : ` under "${shown}"`} cannot name an action` +
          `${key === '' ? ' (it is empty)' : ' (it is reserved)'}. Rename it.`,
      );
    }
    const value: unknown = node[key];
    const name = prefix === '' ? encodeSegment(key) : `${prefix}.${encodeSegment(key)}`;
    if (isAction(value)) {
      const first = nameOf.get(value);
      if (first !== undefined) {
        throw new ActionTreeError(
          `actions: "${place}" is the same action as "${first}". An action has one name: define it twice, or use it once.`,
        );
      }
      if (byName.has(name)) {
        throw new ActionTreeError(
          `actions: "${place}" is defined twice, by the app and a plugin or by two plugins. Rename one.`,
        );
      }
      nameOf.set(value, place);
      byName.set(name, { name, action: value });
    } else if (isNamespace(value)) {
      collect(value as ActionTree, name, place, byName, nameOf);
    } else {
      throw new ActionTreeError(
        `actions: "${place}" is ${describe(value)}, not an action. Put defineAction({ … }) or an object of actions there.`,
      );
    }
  }
}

/** Within one tree a key is an action or a namespace; two trees may disagree. */
function refuseNamespace(name: string, byName: ReadonlyMap<string, MountedAction>): void {
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const above = name.slice(0, dot);
    if (!byName.has(above)) continue;
    throw new ActionTreeError(
      `actions: "${above}" is an action in one place and holds "${name}" in another, by the app and a plugin or by two ` +
        'plugins. Rename one.',
    );
  }
}

// Modules (`import * as users`) are namespaces too; class instances, arrays and functions are mistakes.
function isNamespace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return `a ${value.constructor?.name ?? 'object'}`;
  return `the ${typeof value} ${JSON.stringify(value) ?? String(value)}`;
}
