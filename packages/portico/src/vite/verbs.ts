import type { ActionVerb, ActionVerbs } from '../client/create-actions.ts';
import type { ActionObject, Definition } from '../define/action.ts';
import { encodeSegment } from '../define/action-name.ts';
import { isAction } from '../define/define-action.ts';
import { mountTree, type ActionTree } from '../define/tree.ts';
import { RPC_SEGMENT } from '../wire/names.ts';

/** What a browser has to know of the actions. */
export interface Names {
  readonly verbs: ActionVerbs;
  /** The `base` of the app, `''` for the root and where no app is mounted. */
  readonly base: string;
}

/** Reads the names and verbs off what the file of actions exports. Throws where it exports no actions. */
export function namesOf(exports: Readonly<Record<string, unknown>>, file: string): Names {
  const app = exports['portico'];
  if (isObject(app)) {
    if (!isObject(app['actions']))
      throw new Error(`${file} exports portico, and that is not what createPortico returned.`);
    const tree = app['actions'] as unknown as ActionTree;
    return { verbs: verbsOf(tree), base: baseOf(tree) };
  }
  const server = exports['server'];
  if (!isObject(server))
    throw new Error(
      `${file} exports neither server nor portico. Write: export const server = { newsletter: defineAction({ … }) }.`,
    );
  const tree = server as unknown as ActionTree;
  mountTree([tree], ''); // for its errors, which name the place
  return { verbs: verbsOf(tree), base: '' };
}

function verbsOf(tree: ActionTree): ActionVerbs {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      isAction(value) ? verbOf(value.definition) : verbsOf(value as ActionTree),
    ]),
  );
}

function verbOf({ methods }: Definition): ActionVerb {
  return methods.includes('POST') ? 'POST' : 'GET';
}

/** An app tells its actions where they are; all begin with its base. */
function baseOf(tree: ActionTree): string {
  const [first] = actionsIn(tree, '');
  if (!first) return '';
  const { path } = first.action;
  return path.slice(0, path.length - `/${RPC_SEGMENT}/${first.name}`.length);
}

function* actionsIn(tree: ActionTree, prefix: string): Generator<{ name: string; action: ActionObject }> {
  for (const [key, value] of Object.entries(tree)) {
    const name = prefix + encodeSegment(key);
    if (isAction(value)) yield { name, action: value };
    else yield* actionsIn(value as ActionTree, `${name}.`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
