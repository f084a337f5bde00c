import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A block of code, as a document shows it. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** The path that its first comment names. */
  readonly file: string | undefined;
}

/** The code below a heading of the second level of a file of docs/, in order. */
export function codeBlocks(document: string, heading: string): readonly CodeBlock[] {
  const path = fileURLToPath(new URL(`../../../../docs/${document}`, import.meta.url));
  const sections = readFileSync(path, 'utf8').split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/${document} has no "## ${heading}".`);
  return [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
    file: /^(?:---\n)?\/\/ (\S+)\n/.exec(code)?.[1],
  }));
}

/**
 * Does what a reader does who has an app already: the lines that a sample has before its own `const app = …` go before the
 * app's, the lines between that and `listen` right behind it. The app's own lines all stay, in their order.
 */
export function pasteInto(app: string, sample: string): string {
  const [ownHead, made, ownRest] = aroundCreation(app);
  const [head, , rest] = aroundCreation(sample);
  const routes = rest.slice(0, indexOrThrow(rest, /\bapp\.listen\(/));
  const added = head.filter((line) => line === '' || !ownHead.includes(line));
  return [...ownHead, ...added, made, ...routes, ...ownRest].join('\n');
}

function aroundCreation(code: string): readonly [string[], string, string[]] {
  const lines = code.split('\n');
  const at = indexOrThrow(lines, /^const app = /);
  return [lines.slice(0, at), lines[at] ?? '', lines.slice(at + 1)];
}

function indexOrThrow(lines: readonly string[], pattern: RegExp): number {
  const at = lines.findIndex((line) => pattern.test(line));
  if (at === -1) throw new Error(`No line like ${pattern} in:\n${lines.join('\n')}`);
  return at;
}
