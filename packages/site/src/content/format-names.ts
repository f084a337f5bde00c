// What formats may be made of: `entries/` fills them in, the check at start knows the names. Nothing of a request, no calls and
// no paths but these: a format is no template language.

/** What stands in the braces of a `titleFormat`, beside `fields.handle`. */
export const TITLE_NAMES: readonly string[] = [
  ...['id', 'uid', 'postDate.year', 'postDate.month', 'postDate.day'],
  ...['dateCreated.year', 'dateCreated.month', 'dateCreated.day'],
  ...['author.id', 'author.username', 'author.fullName', 'author.friendlyName'],
  ...['type.handle', 'type.name', 'section.handle', 'section.name', 'site.handle', 'site.language'],
];

/** What stands in the braces of a `uriFormat`, beside `fields.handle`. */
export const URI_NAMES: readonly string[] = ['slug', 'parent.uri', 'parent.slug', ...TITLE_NAMES];

/** Whether a format may name it: one of `names`, or a field that one of the types has. */
export function isFormatName(
  name: string,
  names: readonly string[],
  types: ReadonlyArray<{ readonly fields: object }>,
): boolean {
  if (!name.startsWith('fields.')) return names.includes(name);
  return types.some(({ fields }) => Object.hasOwn(fields, name.slice('fields.'.length)));
}

/** `{fields.…}, {slug}`: what there is, for a sentence. */
export function formatNames(names: readonly string[]): string {
  return ['fields.…', ...names].map((name) => `{${name}}`).join(', ');
}

/** What stands in the braces of a format: a name, and the text that stands for it where it is empty. */
export interface FormatPart {
  readonly name: string;
  readonly otherwise: string;
}

/** `parent.uri ?? 'help'` → `{ name: 'parent.uri', otherwise: 'help' }`. */
export function formatPart(inBraces: string): FormatPart {
  const [, name = inBraces, otherwise = ''] = /^([^?]*)\?\?\s*'([^']*)'\s*$/.exec(inBraces) ?? [];
  return { name: name.trim(), otherwise };
}

/** `{parent.uri}/{slug}` → `['parent.uri', 'slug']`. Undefined where braces do not match, are nested or hold nothing. */
export function namesIn(format: string): readonly string[] | undefined {
  const names = [...format.matchAll(/\{([^{}]*)\}/g)].map(([, inBraces = '']) => formatPart(inBraces).name);
  const rest = format.replaceAll(/\{[^{}]*\}/g, '');
  return /[{}]/.test(rest) || names.includes('') ? undefined : names;
}

/** A format as it is where all is empty that has a fallback: `{parent.uri ?? 'help'}/{slug}` → `help/name`. */
export function withFallbacks(format: string): string {
  return format.replaceAll(
    /\{([^{}]*)\}/g,
    (_whole, inBraces: string) => formatPart(inBraces).otherwise || 'name',
  );
}
