import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { versions } from '../src/versions.mjs';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const own = [read<Manifest>('packages/portico/package.json'), read<Manifest>('packages/site/package.json')];
const others = ['package.json', 'examples/astro/package.json', 'examples/community/package.json'].map(
  (path) => read<Manifest>(path),
);
const lock = read<{ packages: Record<string, { version?: string }> }>('package-lock.json');

test.each(Object.entries(versions))(
  '%s %s is what this repository has and is tested with',
  (name, version) => {
    const published = own.find((manifest) => manifest.name === name)?.version;
    const pinned = [...own, ...others].map(
      ({ dependencies, devDependencies }) => dependencies?.[name] ?? devDependencies?.[name],
    );
    const installed = published ?? lock.packages[`node_modules/${name}`]?.version;
    const found = new Set([installed, ...pinned.filter((each) => each !== undefined)]);
    expect([...found]).toEqual([version]);
  },
);

function read<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as T;
}
