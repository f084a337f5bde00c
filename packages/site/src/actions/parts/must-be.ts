interface Said {
  readonly path?: readonly PropertyKey[] | undefined;
}

/** The error of a parameter's schema: a sentence that begins with the name under which it was sent. */
export function mustBe(what: string): { readonly error: (issue: Said) => string } {
  return { error: ({ path = [] }) => `${path.map(String).join('.')} must be ${what}.` };
}
