import { isForbiddenKey, parseFieldName } from '../lib/field-path.ts';
import { FormRefusal } from './form-refusal.ts';

/** A field of a form as it arrived. */
export type FormValue = string | File;
export type FormEntry = readonly [name: string, value: FormValue];

/** All that was sent under one name and below it. */
export interface FieldNode {
  /** The name in dotted notation, for messages. */
  readonly name: string;
  /** Sent under the name itself. */
  readonly values: FormValue[];
  /** Sent under the name with `[]` after it. */
  readonly appended: FormValue[];
  /** What was sent below it, by the next segment of the name. */
  children: Map<string, FieldNode> | undefined;
}

export function newNode(name: string): FieldNode {
  return { name, values: [], appended: [], children: undefined };
}

/** True for a name that may nest, so that it must be parsed. */
export function isNested(name: string): boolean {
  return name.includes('[') || name.includes('.');
}

/**
 * The segments of a name. Names with unmatched brackets are one plain segment.
 *
 * @throws FormRefusal 400 where a segment would reach a prototype, 413 where there are more than `maxDepth`.
 */
export function segmentsOf(name: string, maxDepth: number): string[] {
  const segments = parseFieldName(name) ?? [name];
  if (segments.length > maxDepth) {
    throw new FormRefusal(413, `The field "${shown(name)}" nests deeper than ${maxDepth} levels.`);
  }
  for (const segment of segments) {
    if (isForbiddenKey(segment)) {
      throw new FormRefusal(
        400,
        `The field name "${shown(name)}" holds "${segment}", which no field may be called.`,
      );
    }
  }
  return segments;
}

/** Puts a value into the tree below `root`. A final empty segment (`tags[]`) appends to its parent. */
export function insert(root: FieldNode, segments: readonly string[], value: FormValue): void {
  const appends = segments.length > 1 && segments.at(-1) === '';
  let node = root;
  for (const segment of appends ? segments.slice(0, -1) : segments) node = childOf(node, segment);
  (appends ? node.appended : node.values).push(value);
}

function childOf(node: FieldNode, segment: string): FieldNode {
  const children = (node.children ??= new Map<string, FieldNode>());
  let child = children.get(segment);
  if (child === undefined) {
    child = newNode(node.name === '' ? segment : `${node.name}.${segment}`);
    children.set(segment, child);
  }
  return child;
}

/** A name for a message: what a client sent must not fill the log. */
export function shown(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}
