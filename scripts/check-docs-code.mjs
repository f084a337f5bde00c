// Every ```ts block of the documents compiles against the workspace as it stands; ```ts no-check leaves one out.
// docs/given.ts declares what the samples take for granted: a `ctx`, a page, some data.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/docs-code');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** A document and its line by the name of the file that a block was written to. */
const blocks = new Map();
const documents = ['README.md', 'packages/portico/README.md', ...globSync('docs/*.md', { cwd: root })];
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8');
  for (const match of text.matchAll(/^```ts(?![^\n]*no-check)[^\n]*\n([\s\S]*?)^```/gm)) {
    const line = text.slice(0, match.index).split('\n').length;
    const name = `block-${blocks.size}.ts`;
    // As many lines in front as the document has, so that the compiler's lines are the document's.
    writeFileSync(join(folder, name), '\n'.repeat(line) + match[1]);
    blocks.set(name, document);
  }
}

writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: '../../../tsconfig.base.json',
    compilerOptions: { noUnusedLocals: false },
    files: ['../../../docs/given.ts', ...blocks.keys()],
  }),
);

const tsc = join(root, 'node_modules/.bin/tsc');
const { status, stdout, stderr } = spawnSync(tsc, ['-p', folder, '--pretty', 'false'], {
  cwd: folder,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
if (status !== 0) {
  const report = `${stdout}${stderr}`.replace(
    /^(block-\d+\.ts)\((\d+),(\d+)\)/gm,
    (_, name, line, column) => {
      return `${blocks.get(name)}:${line}:${column}`;
    },
  );
  console.error(report.trimEnd());
}
console.log(`${blocks.size} blocks in ${documents.length} documents`);
process.exitCode = status ?? 1;
