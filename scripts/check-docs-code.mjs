// Every ```ts block of the documents compiles against the workspace as it stands; ```ts no-check leaves one out.
// docs/given.ts declares what the samples take for granted: a `ctx`, a page, some data. A block that imports @portico/site, or
// is marked ```ts site, has docs/given-site.ts instead: that package says what a user is, and so do the samples without it.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/docs-code');
const given = { core: 'given.ts', site: 'given-site.ts' };

rmSync(folder, { recursive: true, force: true });

const documents = ['README.md', ...globSync(['packages/*/README.md', 'docs/*.md'], { cwd: root })];
const blocks = documents.flatMap(blocksOf);
for (const project of Object.keys(given)) check(project);
console.log(`${blocks.length} blocks in ${documents.length} documents`);

function blocksOf(document) {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```ts\b(?![^\n]*no-check)([^\n]*)\n([\s\S]*?)^```/gm)].map((match) => {
    const [, words, code] = match;
    const line = text.slice(0, match.index).split('\n').length;
    const isSite = words.trim() === 'site' || code.includes("from '@portico/site'");
    return { document, line, code, project: isSite ? 'site' : 'core' };
  });
}

function check(project) {
  const own = blocks.filter((block) => block.project === project);
  const place = join(folder, project);
  mkdirSync(place, { recursive: true });
  for (const [index, { line, code }] of own.entries()) {
    // As many lines in front as the document has, so that the compiler's lines are the document's.
    writeFileSync(join(place, `block-${index}.ts`), '\n'.repeat(line) + code);
  }
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(place, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../../tsconfig.base.json',
      compilerOptions: { noUnusedLocals: false },
      files: [`../../../../docs/${given[project]}`, ...own.map((_, index) => `block-${index}.ts`)],
    }),
  );

  const tsc = join(root, 'node_modules/.bin/tsc');
  const { status, stdout, stderr } = spawnSync(tsc, ['-p', place, '--pretty', 'false'], {
    cwd: place,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  const report = `${stdout}${stderr}`.replace(
    /^block-(\d+)\.ts\((\d+),(\d+)\)/gm,
    (_, index, line, column) => `${own[index].document}:${line}:${column}`,
  );
  console.error(report.trimEnd());
  process.exitCode = status ?? 1;
}
