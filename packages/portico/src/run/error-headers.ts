// RFC 9110 section 5.5, and section 5.6.2 for names.
const NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Throws a `TypeError` for headers of an error that HTTP cannot carry: found here, they still get an answer and a log. */
export function checkErrorHeaders(headers: Readonly<Record<string, string>> | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (NAME.test(name) && VALUE.test(value)) continue;
    throw new TypeError(
      `The header ${JSON.stringify(name)} of an ActionError is ${JSON.stringify(value)}, which HTTP cannot carry: encode it.`,
    );
  }
}
