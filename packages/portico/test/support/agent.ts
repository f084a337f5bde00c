/** What an `Agent` sends beside a path. `fetch`'s own options, minus the ones the agent decides. */
export type Init = Omit<RequestInit, 'body' | 'method' | 'redirect'> & { method?: string };

export type Body = URLSearchParams | FormData | string | Uint8Array<ArrayBuffer> | object;

export interface AgentOptions {
  /** `false`: sends what curl sends, no `Sec-Fetch-Site` and no `Origin`. Default: a same-origin browser. */
  readonly browser?: boolean;
}

/** A visitor with cookies, who follows no redirect. */
export interface Agent {
  readonly cookies: Map<string, string>;
  get(path: string, init?: Init): Promise<Response>;
  /** An object that is no form goes as JSON; text goes as JSON too, unless `init.headers` names another content type. */
  post(path: string, body?: Body, init?: Init): Promise<Response>;
}

/** A visitor of the server at `origin`. */
export function createAgent(origin: string, { browser = true }: AgentOptions = {}): Agent {
  const cookies = new Map<string, string>();

  async function send(path: string, init: Init & { body?: BodyInit }): Promise<Response> {
    const headers = new Headers(init.headers);
    if (browser && !headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin');
    if (cookies.size > 0 && !headers.has('cookie')) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  }

  return {
    cookies,
    get: (path, init = {}) => send(path, { method: 'GET', ...init }),
    post(path, body, init = {}) {
      const headers = new Headers(init.headers);
      const isForm = body instanceof URLSearchParams || body instanceof FormData;
      const isBytes = isForm || body instanceof Uint8Array || typeof body === 'string' || body === undefined;
      if (body !== undefined && !isForm && !headers.has('content-type'))
        headers.set('content-type', 'application/json');
      const sent = isBytes ? body : JSON.stringify(body);
      return send(path, { method: 'POST', ...init, headers, ...(sent !== undefined && { body: sent }) });
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice('expires='.length);
  const isOver = attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute));
  if (isOver || (expires !== undefined && Date.parse(expires) <= Date.now()))
    cookies.delete(pair.slice(0, at));
  else cookies.set(pair.slice(0, at), pair.slice(at + 1));
}
