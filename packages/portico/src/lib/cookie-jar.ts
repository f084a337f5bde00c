/**
 * The cookies of one visitor, by name. There is one origin, so paths and domains do not matter; those that an
 * answer lets run out (RFC 6265 section 5.3) are gone.
 */
export class CookieJar extends Map<string, string> {
  /** As the `Cookie` header; `undefined` where there are none. */
  get header(): string | undefined {
    return this.size === 0 ? undefined : [...this].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Takes over what the `Set-Cookie` lines of an answer say. */
  keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      if (isOver(attributes)) this.delete(name);
      else this.set(name, pair.slice(at + 1));
    }
  }
}

function isOver(attributes: readonly string[]): boolean {
  const value = (name: string): string | undefined =>
    attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const maxAge = value('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = value('expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}
