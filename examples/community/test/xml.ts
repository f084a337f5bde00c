export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own, with entities as what they stand for. */
  readonly text: string;
}

const NAME = '[A-Za-z_:][\\w:.-]*';
const TOKEN = new RegExp(
  `<(?<close>/)?(?<name>${NAME})(?<attributes>(?:\\s+${NAME}="[^"<]*")*)\\s*(?<empty>/)?>|(?<text>[^<]+)`,
  'y',
);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"]*)"`, 'g');
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

/** Reads XML as far as feeds and sitemaps have it, and is stricter than a parser. Throws for what is not well-formed. */
export function parseXml(xml: string): XmlElement {
  const bad = NO_CHARACTER.exec(xml);
  if (bad)
    throw new Error(`U+${bad[0].codePointAt(0)?.toString(16)} at ${bad.index} is no character of XML.`);
  const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error('It does not begin with a declaration.');
  const open: Array<{
    name: string;
    attributes: Record<string, string>;
    children: XmlElement[];
    text: string;
  }> = [{ name: '', attributes: {}, children: [], text: '' }];
  TOKEN.lastIndex = declaration.length;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const { close, name = '', attributes = '', empty, text } = TOKEN.exec(xml)?.groups ?? {};
    const inside = open.at(-1);
    if (inside === undefined) throw new Error(`Something ends at ${at} that has not begun.`);
    if (text !== undefined) {
      if (text.includes(']]>')) throw new Error(`“]]>” stands in the text at ${at}.`);
      inside.text += decoded(text);
    } else if (name === '') throw new Error(`No markup at ${at}: ${xml.slice(at, at + 80)}`);
    else if (close !== undefined) {
      if (inside.name !== name) throw new Error(`</${name}> at ${at} ends <${inside.name}>.`);
      open.pop();
    } else {
      const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [
        key,
        decoded(value),
      ]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      inside.children.push(element);
      if (empty === undefined) open.push(element);
    }
  }
  const [outside] = open;
  const root = outside?.children[0];
  if (open.length !== 1 || root === undefined || outside?.children.length !== 1 || outside.text.trim() !== '')
    throw new Error('There is not exactly one root element, or it does not end.');
  return root;
}

function decoded(text: string): string {
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (character === undefined) throw new Error(`${whole} is no entity.`);
    return character;
  });
}

export function allNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allNamed(child, name),
  ]);
}

/** The text of the first element of that name. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return allNamed(element, name)[0]?.text;
}
