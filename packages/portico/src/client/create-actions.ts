import { PAGE_PARAM, RPC_SEGMENT } from '../wire/names.ts';
import { callOver } from './call.ts';
import type { CallOptions, Client, ClientOptions } from './types.ts';

/** How an action is called. One that takes both is called by POST. */
export type ActionVerb = 'GET' | 'POST';

/** Names and verbs of a tree of actions: `{ newsletter: 'POST', products: { search: 'GET' } }`. */
export interface ActionVerbs {
  readonly [key: string]: ActionVerb | ActionVerbs;
}

/** The actions of an app as both sides see them: functions in the browser, definitions on the server. */
export type Actions<T> = Client<T> &
  (T extends { readonly actions: infer Tree; readonly wrap: (...args: never[]) => unknown } ? Tree : T);

/**
 * The actions of an app as plain functions, made of their names and verbs; `portico:actions` is one call of it. A name that
 * is not there is `undefined`, as on any object.
 */
export function createActions<T>(verbs: ActionVerbs, options: ClientOptions = {}): Client<T> {
  const base = `${(options.baseUrl ?? '').replace(/\/+$/, '')}/${RPC_SEGMENT}/`;
  const call = callOver(options);

  const nodeOf = (verb: ActionVerb | ActionVerbs, name: string): object => {
    if (typeof verb === 'object') {
      const node: Record<string, object> = {};
      for (const [key, below] of Object.entries(verb)) {
        node[key] = nodeOf(below, (name && `${name}.`) + encodeURIComponent(key).replaceAll('.', '%2E'));
      }
      return node;
    }
    const path = base + name;
    const queryString = `?${PAGE_PARAM}=${encodeURIComponent(name)}`;
    const byGet = verb === 'GET' && { method: verb };
    const run = (input?: unknown, given?: CallOptions): ReturnType<typeof call> =>
      call(path, input, { ...given, ...byGet });
    return Object.assign(run, {
      path,
      queryString,
      toString: () => queryString,
      orThrow: async (input?: unknown, given?: CallOptions) => {
        const { data, error } = await run(input, given);
        if (error) throw error;
        return data;
      },
    });
  };

  return nodeOf(verbs, '') as Client<T>;
}
