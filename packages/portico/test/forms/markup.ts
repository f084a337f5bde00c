import fc from 'fast-check';

/** A start tag as the HTML tokenizer reads it (HTML standard, 13.2.5). */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|([a-z]+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (NAMED[name] ?? '?') : String.fromCodePoint(Number(code)),
  );
}

/** All start tags of a markup and the text between tags. Anything that is no well-formed tag throws. */
export function tokenize(markup: string): { tags: Tag[]; text: string } {
  const tags: Tag[] = [];
  let text = '';
  let at = 0;
  while (at < markup.length) {
    const open = markup.indexOf('<', at);
    if (open < 0) {
      text += markup.slice(at);
      break;
    }
    text += markup.slice(at, open);
    const end = /^<\/[a-z]+>/.exec(markup.slice(open));
    if (end) {
      at = open + end[0].length;
      continue;
    }
    const start = /^<([a-z]+)/.exec(markup.slice(open));
    if (!start) throw new Error(`No tag at ${open}: ${markup.slice(open, open + 40)}`);
    at = open + start[0].length;
    const attributes = new Map<string, string>();
    for (;;) {
      const rest = markup.slice(at);
      if (rest.startsWith('>')) break;
      const attribute = /^ ([^\s"'<>/=]+)(?:="([^"]*)")?/.exec(rest);
      if (!attribute) throw new Error(`No attribute at ${at}: ${rest.slice(0, 40)}`);
      const [whole, name = '', value = ''] = attribute;
      if (attributes.has(name)) throw new Error(`The attribute ${name} stands there twice.`);
      attributes.set(name, unescaped(value));
      at += whole.length;
    }
    at++;
    tags.push({ name: start[1] ?? '', attributes });
  }
  return { tags, text: unescaped(text) };
}

/** The one start tag of a markup, as an object. */
export function tagOf(markup: { toString(): string }): Record<string, string> & { tag: string } {
  const { tags } = tokenize(markup.toString());
  const [tag] = tags;
  if (!tag || tags.length > 1) throw new Error(`Not one tag: ${markup.toString()}`);
  return { tag: tag.name, ...Object.fromEntries(tag.attributes) };
}

/** Texts that try to break out of what they are put into. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '=',
      '/',
      ' ',
      '\n',
      '\r',
      '\0',
      '`',
      '[',
      ']',
      '.',
      'a',
      '0',
      ';',
      '#',
      'ä',
      '💥',
    ),
  }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '"><script>alert(1)</script>',
    "' onfocus='alert(1)",
    '&quot;',
    '&#34;',
    '</textarea>',
    '</option>',
    '\n\n',
    '__proto__',
  ),
);
