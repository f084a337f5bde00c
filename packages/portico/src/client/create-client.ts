import { PAGE_PARAM, RPC_SEGMENT } from '../wire/names.ts';
import { callOver } from './call.ts';
import type { CallOptions, Client, ClientOptions } from './types.ts';

/**
 * The actions of an app as functions, typed by it: `createClient<typeof portico>()`. Nothing of the server is
 * bundled and nothing is generated: a function is made when its name is first read, and stays the same from
 * then on.
 */
export function createClient<T>(options: ClientOptions = {}): Client<T> {
  const base = `${(options.baseUrl ?? '').replace(/\/+$/, '')}/${RPC_SEGMENT}/`;
  const call = callOver(options);

  const node = (name: string): unknown => {
    const path = base + name;
    const queryString = `?${PAGE_PARAM}=${encodeURIComponent(name)}`;
    const toString = (): string => queryString;
    const run = (input?: unknown, options?: CallOptions): ReturnType<typeof call> =>
      call(path, input, options);
    const known = new Map<PropertyKey, unknown>([
      ['path', path],
      ['queryString', queryString],
      ['toString', toString],
      // What turns a value into text must not call an action of that name.
      ['toJSON', toString],
      [Symbol.toPrimitive, toString],
      // Nor must awaiting a namespace.
      ['then', undefined],
      [
        'orThrow',
        async (input?: unknown, options?: CallOptions) => {
          const { data, error } = await run(input, options);
          if (error) throw error;
          return data;
        },
      ],
    ]);
    return new Proxy(run, {
      get(_target, key) {
        // React looks for `$$typeof` and `$$FORM_ACTION` on whatever it is given.
        if (!known.has(key) && typeof key === 'string' && !key.startsWith('$$')) {
          const segment = encodeURIComponent(key).replaceAll('.', '%2E');
          known.set(key, node(name ? `${name}.${segment}` : segment));
        }
        return known.get(key);
      },
    });
  };

  return node('') as Client<T>;
}
