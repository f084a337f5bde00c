import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// AGENTS.md is written by hand; its tree is held to the folders, and paths in it and its neighbours to the files.

const root = join(import.meta.dirname, '../../../..');
const src = join(root, 'packages/portico/src');
const page = readFileSync(join(root, 'AGENTS.md'), 'utf8');
const tree = /^packages\/portico\/src\/\n([\s\S]*?)^packages\/portico\/test\/$/m.exec(page)?.[1] ?? '';

test('the tree names every folder and top-level file of packages/portico/src, and no other', () => {
  const listed = tree
    .split('\n')
    .flatMap((line) => /^ {2}((?:\S+\.ts ?)+|\S+\/)/.exec(line)?.[1]?.trim().split(' ') ?? [])
    .map((name) => name.replace(/\/$/, ''));
  expect(listed.toSorted()).toEqual(readdirSync(src).toSorted());
});

const documents = ['AGENTS.md', 'CONTRIBUTING.md', ...globSync('decisions/*.md', { cwd: root })];
const paths = documents.flatMap((document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const found = [...text.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:ts|mjs|json))`/g)];
  return found.map(([, path = '']) => [document, path]);
});

test.each(paths)('%s: %s exists', (_document, path = '') => {
  const places = [
    '',
    'packages/portico/src',
    'packages/portico',
    'packages/portico/test',
    'packages/site/src',
  ];
  expect(places.some((place) => existsSync(join(root, place, path)))).toBe(true);
});
