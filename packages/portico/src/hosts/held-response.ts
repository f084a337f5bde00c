import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Answer } from '../http/reply.ts';
import { HeldBody } from './held-body.ts';
import { headArguments, pageHead, resetHead, syncHead } from './held-head.ts';
import { sendAnswer } from './send-answer.ts';

const METHODS = ['writeHead', 'write', 'end', 'flushHeaders'] as const;
type Method = (typeof METHODS)[number];
type Call = (...args: unknown[]) => unknown;

/**
 * A `ServerResponse` that a page of the host writes to, held until Portico has had its say: nothing goes out before session,
 * cookies, headers and status are settled, whichever way the page answers. Then the page's own bytes go through as they
 * are, or another answer takes their place. What the page writes while it is held is kept, and its source asked to wait.
 *
 * It wraps the methods of the response, as compression and session middleware do, and lives with such before and behind it.
 */
export class HeldResponse {
  /** What the page answers, as soon as it begins to; its body is read only by who replaces the page. */
  readonly page: Promise<Response>;
  readonly #response: ServerResponse;
  readonly #before: { readonly status: number; readonly headers: OutgoingHttpHeaders };
  readonly #own: Record<Method, Call>;
  readonly #body: HeldBody;
  /** `waiting` for the page, `held`, then `open` for the page's bytes, or `replaced` by another answer. */
  #state: 'waiting' | 'held' | 'open' | 'replaced' = 'waiting';
  /** The page has asked for its head to be written. */
  #hasHead = false;
  #given: Response | undefined;
  #resolve: (page: Response) => void = () => undefined;

  /** `headers`: those that belong to any answer to this request, set by who ran before the page. */
  constructor(response: ServerResponse, headers: OutgoingHttpHeaders) {
    this.#response = response;
    this.#before = { status: response.statusCode, headers: { ...headers } };
    this.#body = new HeldBody(() => response.emit('drain'));
    this.page = new Promise((resolve) => (this.#resolve = resolve));
    const { writeHead, write, end, flushHeaders } = response as unknown as Record<Method, Call>;
    this.#own = { writeHead, write, end, flushHeaders };
    for (const method of METHODS) {
      const held = (...args: unknown[]): unknown => this.#called(method, args);
      Object.defineProperty(response, method, { configurable: true, writable: true, value: held });
    }
    this.#define('headersSent', () => this.#state === 'held');
    this.#define('writableEnded', () => this.#state === 'held' && this.#body.ended);
    // Nobody waits for an answer: what was begun for this request has to come to its end all the same.
    response.addListener('close', () => this.#begin());
  }

  /** Lets the page's bytes go as they are: Portico has nothing to say to them. */
  open(): void {
    if (this.#state === 'open') return;
    this.#state = 'open';
    this.#through(() => {
      // Whoever writes his head himself (middleware behind Portico that compresses) leaves nothing for Node to begin.
      if (this.#hasHead) this.#call('writeHead', [this.#response.statusCode]);
      this.#body.replay((method, args) => this.#call(method, args));
    });
  }

  /** Sends what Portico made of the page: the page itself under its final head, or another answer in its place. */
  async finish(answer: Answer, method: string): Promise<void> {
    const given = this.#given;
    if (given && answer instanceof Response && answer.body === given.body && !given.bodyUsed) {
      this.#through(() => syncHead(this.#response, given, answer));
      return this.open();
    }
    // Who made another answer of the page's is still reading it.
    if (given?.body?.locked !== true) this.#body.discard();
    this.#state = 'replaced';
    this.#through(() => resetHead(this.#response, this.#before));
    await sendAnswer(answer, method, this.#response, (name, args) =>
      this.#through(() => this.#call(name, args)),
    );
  }

  #called(method: Method, args: unknown[]): unknown {
    if (this.#state === 'open') return this.#call(method, args);
    const isHeadCall = method === 'writeHead' || method === 'flushHeaders';
    if (method === 'writeHead' && this.#state === 'waiting') {
      headArguments(this.#response, args);
      this.#hasHead = true;
    }
    this.#begin();
    if (isHeadCall) {
      if (method === 'flushHeaders') this.#body.flush();
      return this.#response;
    }
    if (method === 'end') {
      this.#body.end(args);
      return this.#response;
    }
    return this.#body.write(args);
  }

  /** The page has begun to answer: its head is what has been set by now. */
  #begin(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'held';
    this.#given = pageHead(this.#response, this.#body.stream());
    this.#resolve(this.#given);
  }

  #call(method: Method, args: readonly unknown[]): unknown {
    return Reflect.apply(this.#own[method], this.#response, args);
  }

  /** Node's own methods call one another by name. Meanwhile these names lead past us and past whoever wraps us. */
  #through<T>(work: () => T): T {
    const response = this.#response;
    const wrapped = METHODS.map((name) => [name, Object.getOwnPropertyDescriptor(response, name)] as const);
    for (const name of METHODS) {
      const own = (...args: unknown[]): unknown => this.#call(name, args);
      Object.defineProperty(response, name, { configurable: true, writable: true, value: own });
    }
    try {
      return work();
    } finally {
      for (const [name, before] of wrapped) if (before) Object.defineProperty(response, name, before);
    }
  }

  #define(name: 'headersSent' | 'writableEnded', isSo: () => boolean): void {
    const response = this.#response;
    Object.defineProperty(response, name, {
      configurable: true,
      get: () => isSo() || Reflect.get(Object.getPrototypeOf(response) as object, name, response),
    });
  }
}
