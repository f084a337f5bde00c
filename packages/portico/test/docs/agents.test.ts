import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// AGENTS.md is written by hand; its tree and its paths are held to the files.

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

test.each([...page.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:ts|mjs|json|md))`/g)].map(([, path = '']) => path))(
  '%s exists',
  (path) => {
    expect([...globSync(path, { cwd: src }), ...globSync(path, { cwd: root })]).toHaveLength(1);
  },
);
