import type { Portico } from '../../app.ts';
import { exchangeOf } from '../../context/request-context.ts';
import type { ActionObject } from '../../define/action.ts';
import type { PorticoContext } from '../../define/context.ts';
import { renderGeneratedForm } from '../../forms/generated-form.ts';
import { html } from '../../forms/safe-html.ts';
import type { ActionError } from '../../wire/error.ts';
import type { CallVisitor } from './call-order.ts';
import { CookieJar } from '../../lib/cookie-jar.ts';
import type { Sending } from './sending.ts';

const ELSEWHERE = 'https://elsewhere.example';

interface VisitorParts {
  readonly app: Portico;
  readonly action: ActionObject;
  readonly origin: string;
  readonly base: string;
  readonly kind: CallVisitor;
  readonly clientAddress: string | undefined;
  readonly userAgent: string;
}

/**
 * A visitor with a session of its own: never with the cookies of whoever looks at the explorer. What it asks for goes through
 * the app as a request from outside does; each page it comes to is one of the explorer's that shows the action's form.
 */
export class SimulatedVisitor {
  /** What the pages it came to had to say. */
  readonly flashes: Record<string, string> = {};
  failure: ActionError | undefined;
  readonly #parts: VisitorParts;
  readonly #cookies = new CookieJar();
  readonly #wrapped: ReturnType<Portico['wrap']>;
  #next: ((ctx: PorticoContext) => unknown) | undefined;

  constructor(parts: VisitorParts) {
    this.#parts = parts;
    this.#wrapped = parts.app.wrap((request) => this.#page(request));
  }

  get cookieHeader(): string | undefined {
    return this.#cookies.header;
  }

  /** Sends a request; its redirect is not followed. `token`: of a form of the site. */
  async send(
    sending: Sending,
    token?: { readonly field: string; readonly value: string },
  ): Promise<Response> {
    const { origin, kind, userAgent } = this.#parts;
    const headers = new Headers({ 'user-agent': userAgent });
    if (sending.idempotencyKey !== undefined) headers.set('idempotency-key', sending.idempotencyKey);
    if (sending.accept !== undefined) headers.set('accept', sending.accept);
    if (this.#cookies.header !== undefined) headers.set('cookie', this.#cookies.header);
    if (kind !== 'program') {
      headers.set('sec-fetch-site', kind);
      const own = kind === 'same-origin' ? origin : ELSEWHERE;
      if (sending.method === 'POST') headers.set('origin', own);
      headers.set('referer', `${own}${this.#parts.base}/`);
    }
    if (token && sending.body.kind !== 'form') headers.set('x-csrf-token', token.value);
    if (sending.body.kind === 'json') headers.set('content-type', 'application/json');
    return this.#ask(sending.method, sending.target, headers, bodyOf(sending, token));
  }

  /** Runs `work` as a page of the app would run, with this visitor's context. Rejects where middleware shows no page. */
  async onPage<T>(work: (ctx: PorticoContext) => T): Promise<Awaited<T>> {
    let done: { readonly value: Awaited<T> } | undefined;
    this.#next = async (ctx) => void (done = { value: await work(ctx) });
    const headers = new Headers({ 'user-agent': this.#parts.userAgent, 'sec-fetch-site': 'same-origin' });
    if (this.#cookies.header !== undefined) headers.set('cookie', this.#cookies.header);
    const response = await this.#ask('GET', `${this.#parts.base}/`, headers, null);
    this.#next = undefined;
    if (done) return done.value;
    throw new Error(`The app answered ${response.status} itself instead of showing a page.`);
  }

  async #ask(method: string, target: string, headers: Headers, body: BodyInit | null): Promise<Response> {
    const { origin, clientAddress } = this.#parts;
    const request = new Request(origin + target, { method, headers, body, redirect: 'manual' });
    const response = await this.#wrapped(request, { clientAddress });
    this.#cookies.keep(response.headers.getSetCookie());
    return response;
  }

  async #page(request: Request): Promise<Response> {
    const { app, action } = this.#parts;
    const ctx = app.context(request);
    const exchange = exchangeOf(ctx);
    if (this.#next) await this.#next(ctx);
    this.failure ??= exchange.failure?.error;
    if (exchange.hasSessions) Object.assign(this.flashes, ctx.flash.all());
    const page = html`<!doctype html><title>A page with the form</title>${renderGeneratedForm(ctx, action)}`;
    return new Response(String(page), { headers: { 'content-type': 'text/html; charset=utf-8' } });
  }
}

function bodyOf(
  { body }: Sending,
  token: { readonly field: string; readonly value: string } | undefined,
): BodyInit | null {
  if (body.kind === 'none') return null;
  if (body.kind === 'json') return body.text;
  const form = new FormData();
  // The token must come before any file.
  if (token) form.append(token.field, token.value);
  for (const [name, value] of body.entries) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  if (body.multipart) return form;
  const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return new URLSearchParams(pairs);
}
