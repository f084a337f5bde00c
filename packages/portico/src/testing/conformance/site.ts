import { randomUUID } from 'node:crypto';
import { json } from './body.ts';
import type { RunningHost } from './host.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

interface Seen {
  readonly seen: boolean;
  /** `null` where the server cannot tell. */
  readonly openUploads: number | null;
}

/** A running host as cases see it. */
export class Site {
  readonly url: URL;
  /** The path that the app lives under: `''`, or `/shop`. */
  readonly base: string;

  constructor({ url }: Pick<RunningHost, 'url'>) {
    this.url = new URL(url);
    if (this.url.protocol !== 'http:') {
      throw new TypeError(`The suite speaks HTTP over a socket of its own: ${url} must begin with http://.`);
    }
    this.base = this.url.pathname.replace(/\/$/, '');
  }

  /** Of the origin that a browser would name. */
  get origin(): string {
    return this.url.origin;
  }

  visitor(options?: VisitorOptions): Visitor {
    return new Visitor(this.url, options);
  }

  /** The typed call of an action of the suite. */
  rpc(action: string): string {
    return `${this.base}/_actions/conformance.${action}`;
  }

  /** An action's controller-style path, its name in kebab case. */
  controller(action: string): string {
    return `${this.base}/actions/conformance/${action}`;
  }

  /** One of the suite's pages. */
  page(page: string, query = ''): string {
    return `${this.base}/conformance/${page}${query}`;
  }

  /** A form of an action, posted to a page. */
  form(page: string, action = 'sign'): string {
    return this.page(page, `?_action=conformance.${action}`);
  }

  /** A name that no other request has. */
  unique(): string {
    return `n${randomUUID()}`;
  }

  /** Whether an event is in the suite's journal, in the server. */
  async seen(event: string): Promise<boolean> {
    return (await this.#ask({ event })).seen;
  }

  /** Waits until it is, at most five seconds. */
  async until(event: string): Promise<boolean> {
    return (await this.#ask({ event, wait: true })).seen;
  }

  async note(event: string): Promise<void> {
    await this.#ask({ event, note: true });
  }

  async openUploads(): Promise<number | null> {
    return (await this.#ask({ event: '' })).openUploads;
  }

  async #ask(input: Readonly<Record<string, unknown>>): Promise<Seen> {
    const answer = await this.visitor().post(this.rpc('seen'), json(input));
    return answer.json as unknown as Seen;
  }
}
