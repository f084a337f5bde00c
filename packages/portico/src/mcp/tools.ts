import type { CallToolResult, Tool as ListedTool } from '@modelcontextprotocol/server';
import type { App } from '../request/app-state.ts';
import type { Definition } from '../define/action.ts';
import { decodeSegment } from '../define/action-name.ts';
import type { MountedAction } from '../define/tree.ts';
import { inputSchema, outputSchema } from '../openapi/action-schemas.ts';
import type { JsonSchema } from '../schema/json-document.ts';
import type { McpSettings } from './options.ts';

/** An action as a tool. */
export interface Tool extends MountedAction {
  /** As clients are told of it. */
  readonly listed: ListedTool;
  /** The action takes no object: its input is the argument `input`. */
  readonly wrapped: boolean;
  /** A human is asked first. */
  readonly asksHuman: boolean;
}

export type Tools = ReadonlyMap<string, Tool>;
export type { CallToolResult };

/** The specification's rule for names of tools (server/tools, "Tool Names"). */
const MAX_NAME = 128;

/** The tools of an app, by their names. Actions that need a file are left out: there is none in a call. */
export function toolsOf(app: App, settings: McpSettings): Tools {
  const tools = new Map<string, Tool>();
  for (const mounted of app.registry.all.values()) {
    if (!settings.include(mounted.name)) continue;
    const { definition } = mounted.action;
    const input = inputSchema(definition, 'json');
    if (input.unsendable) continue;
    const name = freeName(tools, mounted.name);
    const wrapped = !isObject(definition, input.schema);
    const asksHuman = settings.confirm(mounted.name, definition.destructive === true);
    const listed = listedTool(mounted, name, wrapped ? wrap(input.schema) : input.schema, asksHuman);
    tools.set(name, { ...mounted, wrapped, asksHuman, listed });
  }
  return tools;
}

function listedTool(
  { name: action, action: { definition } }: MountedAction,
  name: string,
  schema: JsonSchema,
  asksHuman: boolean,
): ListedTool {
  const output = outputSchema(definition).schema;
  const readOnly = !definition.methods.includes('POST');
  return {
    name,
    title: titleOf(action),
    description: descriptionOf(action, definition, asksHuman),
    inputSchema: { ...schema, type: 'object' } as ListedTool['inputSchema'],
    // A tool that asks a human answers with a link instead.
    ...(output.type === 'object' && !asksHuman && { outputSchema: output as ListedTool['outputSchema'] }),
    annotations: {
      readOnlyHint: readOnly,
      destructiveHint: readOnly ? false : (definition.destructive ?? true),
      // A call in process has no submission's id, so `once` is no promise here.
      idempotentHint: readOnly,
      openWorldHint: false,
    },
  };
}

function descriptionOf(name: string, { description }: Definition, asksHuman: boolean): string {
  const own = description ?? `${titleOf(name)}.`;
  if (!asksHuman) return own;
  return `${own} Asks a human first: answers with a link for the user to open, and nothing is done until he has confirmed there.`;
}

function isObject({ plan, input }: Definition, schema: JsonSchema): boolean {
  if (schema.type === 'object' || plan.kind === 'union') return true;
  return (
    input === undefined || (schema.type === undefined && ['object', 'record', 'formdata'].includes(plan.kind))
  );
}

function wrap(schema: JsonSchema): JsonSchema {
  const { $defs, ...own } = schema as JsonSchema & { readonly $defs?: unknown };
  return {
    type: 'object',
    properties: { input: own },
    required: ['input'],
    ...($defs !== undefined && { $defs }),
  };
}

/** `users.saveUser`, with what the specification does not allow replaced. */
function freeName(taken: Tools, action: string): string {
  const keys = action.split('.').map((key) => decodeSegment(key).replace(/[^A-Za-z0-9_-]/g, '_'));
  const wanted = keys.join('.').slice(0, MAX_NAME);
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted.slice(0, MAX_NAME - 4)}_${count}`;
  return name;
}

/** `users.saveUser` is `Users: save user`. */
export function titleOf(action: string): string {
  const words = action.split('.').map((key) =>
    decodeSegment(key)
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase(),
  );
  const title = [words.slice(0, -1).join(' '), words.at(-1)].filter((part) => part !== '').join(': ');
  return (title[0]?.toUpperCase() ?? '') + title.slice(1);
}
