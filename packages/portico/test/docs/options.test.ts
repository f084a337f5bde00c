import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// docs/options.md is written by hand; the names are held to the source.

const root = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(root, 'docs/options.md'), 'utf8');
const actions = readFileSync(join(root, 'docs/actions.md'), 'utf8');

function namesOf(file: string, interfaceName: string): string[] {
  const source = readFileSync(join(root, 'packages/portico/src', file), 'utf8');
  const body = new RegExp(`^export interface ${interfaceName}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(
    source,
  )?.[1];
  if (body === undefined) throw new Error(`${file} has no interface ${interfaceName}.`);
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, name = '']) => name);
}

/** Names in the first column of the tables below a heading: `| \`name\` |`. */
function rowsUnder(document: string, heading: string): string[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`There is no heading "${heading}".`);
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

test.each([
  ['createPortico', 'define/options.ts', 'PorticoOptions'],
  ['session', 'define/options.ts', 'SessionOptions'],
  ['once', 'define/options.ts', 'OnceOptions'],
  ['Plugins', 'define/options.ts', 'Plugin'],
  ['body', 'define/action.ts', 'BodyOptions'],
  ['cors', 'http/cors.ts', 'CorsOptions'],
])('docs/options.md has every option of %s and no other', (heading, file, name) => {
  expect(rowsUnder(page, heading).toSorted()).toEqual(namesOf(file, name).toSorted());
});

test('docs/actions.md has every option of defineAction and no other', () => {
  expect(rowsUnder(actions, 'Options').toSorted()).toEqual(
    namesOf('define/action.ts', 'ActionOptions').toSorted(),
  );
});
