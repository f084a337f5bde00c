/** An answer with its body read. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type Fields = FormData | Readonly<Record<string, string>>;

/** A browser without JavaScript: keeps cookies, says where a form comes from, and follows nothing by itself. */
export class Visitor {
  readonly #base: string;
  readonly #cookies: Map<string, string>;
  readonly #userAgent: string;

  constructor(
    base: string,
    {
      cookies = new Map(),
      userAgent = 'Test browser',
    }: { cookies?: ReadonlyMap<string, string>; userAgent?: string } = {},
  ) {
    this.#base = base;
    this.#cookies = new Map(cookies);
    this.#userAgent = userAgent;
  }

  cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send(path, { headers });
  }

  post(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Page> {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    return this.#send(path, { method: 'POST', body, headers });
  }

  postJson(path: string, value: unknown, headers: Record<string, string> = {}): Promise<Page> {
    const body = JSON.stringify(value);
    return this.#send(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    });
  }

  /** Posts the form of a page that holds a text, its hidden fields included. Files make it multipart. */
  async submit(
    path: string,
    holding: string,
    fields: Readonly<Record<string, string | File>>,
    headers?: Record<string, string>,
  ): Promise<Page> {
    const page = await this.get(path);
    const { action, hidden } = formOf(page.body, holding);
    const target = new URL(action, this.#base + path).href.slice(this.#base.length);
    const all = Object.entries({ ...hidden, ...fields });
    const texts = all.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    if (texts.length === all.length) return this.post(target, Object.fromEntries(texts), headers);
    const form = new FormData();
    for (const [name, value] of all) form.set(name, value);
    return this.post(target, form, headers);
  }

  async signIn(loginName: string, password: string): Promise<this> {
    const { status, body } = await this.submit('/login', 'users/login', { loginName, password });
    if (status !== 303) throw new Error(`Signing in answered ${status}: ${body}`);
    return this;
  }

  /** A CSRF token, for what is posted by no form of a page. */
  async token(): Promise<string> {
    const { body } = await this.get('/actions/users/session-info', { accept: 'application/json' });
    return (JSON.parse(body) as { csrfTokenValue: string }).csrfTokenValue;
  }

  /** As `post`, with a token. */
  async postWithToken(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    return this.post(path, { PORTICO_CSRF_TOKEN: await this.token(), ...fields }, headers);
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Page> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.#base + path, {
      ...init,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        'user-agent': this.#userAgent,
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...init.headers,
      },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split('=', 2);
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** The form of a page that holds a text: where it goes, and its hidden fields. */
export function formOf(
  body: string,
  holding: string,
): { action: string; hidden: Record<string, string>; markup: string } {
  const markup = [...body.matchAll(/<form[^]*?<\/form>/g)]
    .map(([form]) => form)
    .find((form) => form.includes(holding));
  if (markup === undefined) throw new Error(`No form of the page holds ${holding}: ${body}`);
  const hidden: Record<string, string> = {};
  for (const [tag] of markup.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
    hidden[unescaped(/\bname="([^"]*)"/.exec(tag)?.[1])] = unescaped(/\bvalue="([^"]*)"/.exec(tag)?.[1]);
  }
  return { action: unescaped(/<form\b[^>]*\baction="([^"]*)"/.exec(markup)?.[1]), hidden, markup };
}

function unescaped(text = ''): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
