import type { Transcript } from './transcript.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** An answer with its body read, so that tests can look at it more than once. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. Throws for anything else. */
  readonly json: any;
  readonly location: string | null;
}

interface VisitorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** `false`: the request carries no CSRF token of ours. */
  readonly csrf?: boolean;
}

/**
 * A browser without JavaScript, or a script of the site: it has cookies, sends what browsers send, follows no redirect and
 * fetches a CSRF token before it posts.
 */
export interface Visitor {
  readonly cookies: Map<string, string>;
  /** Headers of all further requests. */
  readonly headers: Record<string, string>;
  /** A page, as HTML. */
  get(path: string, options?: VisitorOptions): Promise<Answer>;
  /** An action by GET, as JSON: `read('users/session-info')`. */
  read(action: string, query?: Record<string, string>, options?: VisitorOptions): Promise<Answer>;
  /** An action by POST with a JSON body, answered with JSON. */
  json(action: string, body?: Fields, options?: VisitorOptions): Promise<Answer>;
  /** A form on a page, posted without JavaScript: `form('/page', 'users/login', { … })`. */
  form(page: string, action: string, fields?: Fields, options?: VisitorOptions): Promise<Answer>;
  /** A multipart form answered with JSON, for files. */
  upload(action: string, fields: Fields, options?: VisitorOptions): Promise<Answer>;
  /** Anything else, sent as it is. */
  send(path: string, init?: RequestInit): Promise<Answer>;
  token(): Promise<string>;
}

/**
 * `cookies`: those of another visitor, who is the same browser at another process of the site. `base`: the path that the
 * app's actions are below.
 */
export function createVisitor(
  origin: string,
  transcript: Transcript,
  cookies: Map<string, string> = new Map(),
  base = '',
): Visitor {
  const always: Record<string, string> = { 'user-agent': 'Test browser', 'sec-fetch-site': 'same-origin' };

  async function send(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers({ ...always, ...(init.headers as Record<string, string>) });
    if (cookies.size > 0 && !headers.has('cookie')) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const text = await response.text();
    transcript.record({ method: init.method ?? 'GET', path, body: init.body, response, text });
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text) as unknown;
      },
      location: response.headers.get('location'),
    };
  }

  async function token(): Promise<string> {
    const info = await send(`${base}/actions/users/session-info`, {
      headers: { accept: 'application/json' },
    });
    return (JSON.parse(info.text) as { csrfTokenValue: string }).csrfTokenValue;
  }

  const json = { accept: 'application/json' };

  return {
    cookies,
    headers: always,
    send,
    token,
    get: (path, options = {}) => send(path, { headers: { accept: 'text/html', ...options.headers } }),
    read: (action, query = {}, options = {}) =>
      send(`${base}/actions/${action}?${new URLSearchParams(query).toString()}`, {
        headers: { ...json, ...options.headers },
      }),
    async json(action, body = {}, { headers, csrf = true } = {}) {
      return send(`${base}/actions/${action}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          ...json,
          'content-type': 'application/json',
          ...(csrf && { 'x-csrf-token': await token() }),
          ...headers,
        },
      });
    },
    async form(page, action, fields = {}, { headers, csrf = true } = {}) {
      const body = new URLSearchParams();
      if (csrf) body.set('PORTICO_CSRF_TOKEN', await token());
      body.set('action', action);
      for (const [name, value] of entries(fields)) body.append(name, String(value));
      return send(page, { method: 'POST', body, headers: { accept: 'text/html', ...headers } });
    },
    async upload(action, fields, { headers, csrf = true } = {}) {
      const body = new FormData();
      if (csrf) body.set('PORTICO_CSRF_TOKEN', await token());
      for (const [name, value] of entries(fields))
        body.append(name, value instanceof Blob ? value : String(value));
      return send(`${base}/actions/${action}`, { method: 'POST', body, headers: { ...json, ...headers } });
    },
  };
}

/** `{ fields: { bio: 'x' }, tags: ['a'] }` as a form names it: `fields[bio]`, `tags[]`. */
function entries(fields: Fields, prefix = ''): Array<[string, unknown]> {
  return Object.entries(fields).flatMap(([key, value]): Array<[string, unknown]> => {
    const name = prefix === '' ? key : `${prefix}[${key}]`;
    if (Array.isArray(value)) return value.map((item): [string, unknown] => [`${name}[]`, item]);
    if (typeof value !== 'object' || value === null || value instanceof Blob) return [[name, value ?? '']];
    return entries(value as Fields, name);
  });
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  if (attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute))) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}
