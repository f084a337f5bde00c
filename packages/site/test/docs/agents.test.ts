import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// AGENTS.md is written by hand; its trees are held to the folders. The core's test holds the paths in it.

const root = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(root, 'AGENTS.md'), 'utf8');

test('the tree names every folder and top-level file of packages/site/src, and no other', () => {
  const tree = /^packages\/site\/src\/.*\n([\s\S]*?)^packages\/site\/test\/$/m.exec(page)?.[1] ?? '';
  const listed = tree
    .split('\n')
    .flatMap((line) => /^ {2}((?:\S+\.ts ?)+|\S+\/)/.exec(line)?.[1]?.trim().split(' ') ?? [])
    .map((name) => name.replace(/\/$/, ''));
  expect(listed.toSorted()).toEqual(readdirSync(join(root, 'packages/site/src')).toSorted());
});
