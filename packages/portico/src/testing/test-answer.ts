const decoder = new TextDecoder();

/** An answer, read whole. */
export class TestAnswer {
  /** Where it came from, after the redirects. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The redirects that led here, the first one first. */
  readonly history: readonly TestAnswer[];

  constructor(url: URL, response: Response, bytes: Uint8Array<ArrayBuffer>, history: readonly TestAnswer[]) {
    this.url = url;
    this.status = response.status;
    this.headers = response.headers;
    this.bytes = bytes;
    this.history = history;
  }

  get text(): string {
    return decoder.decode(this.bytes);
  }

  /** Throws an Error that shows status and text where the body is no JSON. */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.text) as T;
    } catch (cause) {
      const start = this.text.slice(0, 200);
      throw new Error(`${this.url.pathname} answered ${this.status} with no JSON: ${JSON.stringify(start)}`, {
        cause,
      });
    }
  }
}
