/** The cookies of one simulated visitor, by name; what an answer lets run out (RFC 6265 section 5.3) is gone. */
export class CookieJar {
  readonly #values = new Map<string, string>();

  /** As the `Cookie` header; `undefined` where there are none. */
  get header(): string | undefined {
    if (this.#values.size === 0) return undefined;
    return Array.from(this.#values, ([name, value]) => `${name}=${value}`).join('; ');
  }

  keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';', 1);
      const at = pair.indexOf('=');
      const isOver =
        /;\s*max-age=(?:0|-\d+)\s*(?:;|$)/i.test(line) || /;\s*expires=[^;]*\b1970\b/i.test(line);
      if (isOver) this.#values.delete(pair.slice(0, at));
      else this.#values.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
