import { createPortico, type ActionTree, type PorticoContext, type PorticoOptions } from 'portico';

const ORIGIN = 'https://site.example';

/** What a browser got. */
export interface Visit {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A site whose every page is rendered by `render`, and a browser that keeps its cookies. */
export function openSite(
  actions: ActionTree,
  render: (ctx: PorticoContext) => unknown,
  options: Omit<PorticoOptions, 'actions' | 'plugins'> = {},
) {
  const portico = createPortico({ actions, logger: { error: () => {}, warn: () => {} }, ...options });
  const answer = portico.wrap((request) => {
    const page = render(portico.context(request));
    return new Response(String(page), { headers: { 'content-type': 'text/html; charset=utf-8' } });
  });
  const cookies = new Map<string, string>();
  const visit = async (path: string, init: RequestInit): Promise<Visit> => {
    const headers = new Headers({
      'sec-fetch-site': 'same-origin',
      ...(init.headers as Record<string, string>),
    });
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await answer(new Request(new URL(path, ORIGIN), { ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return {
    portico,
    get: (path: string, headers: Record<string, string> = {}) => visit(path, { headers }),
    post: (
      path: string,
      fields: Record<string, string> | ReadonlyArray<readonly [string, string]>,
      headers: Record<string, string> = {},
    ) => {
      const pairs = Array.isArray(fields)
        ? (fields as Array<[string, string]>)
        : Object.entries(fields as Record<string, string>);
      return visit(path, { method: 'POST', body: new URLSearchParams(pairs), headers });
    },
  };
}

/** What `read` makes of the page at a path, through the real request. */
export async function onPage<Result>(
  actions: ActionTree,
  read: (ctx: PorticoContext) => Result,
  options: Omit<PorticoOptions, 'actions' | 'plugins'> = {},
  path = '/',
): Promise<Result> {
  const found: { result?: Result } = {};
  const site = openSite(actions, (ctx) => void (found.result = read(ctx)), options);
  await site.get(path);
  if (!('result' in found)) throw new Error('The page was not rendered.');
  return found.result as Result;
}

/** What `read` makes of the page after a form was posted to it. */
export async function afterPost<Result>(
  actions: ActionTree,
  path: string,
  fields: Record<string, string> | ReadonlyArray<readonly [string, string]>,
  read: (ctx: PorticoContext) => Result,
  options: Omit<PorticoOptions, 'actions' | 'plugins'> = {},
): Promise<Result> {
  const found: { result?: Result } = {};
  const site = openSite(actions, (ctx) => void (found.result = read(ctx)), options);
  const visit = await site.post(path, fields);
  if (!('result' in found)) throw new Error(`The page was not rendered: ${visit.status} ${visit.body}`);
  return found.result as Result;
}
