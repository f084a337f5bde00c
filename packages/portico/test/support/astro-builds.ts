import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { astroBuild, type Environment } from './astro.ts';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const KEPT = join(REPOSITORY, 'node_modules/.cache/portico-astro');
// Of what a build is made beside the project itself.
const SOURCES = ['packages/portico/src/**/*.ts', 'packages/portico/package.json', 'package-lock.json'];
const STALE_MS = 3_600_000;

/**
 * The folder of a project of this repository as `astro build` makes it. Built once for what it is made of, and kept for the
 * next file of tests, and the next run. Nobody may write into it.
 */
export async function builtAstro(root: string, env: Environment = {}): Promise<string> {
  const name = basename(root);
  const folder = join(KEPT, `${name}-${hashOf(root, env)}`);
  if (existsSync(folder)) return folder;
  await mkdir(KEPT, { recursive: true });
  await removeStale(name);
  const built = await astroBuild(root, `built-${process.pid}`, env);
  try {
    await rename(built, folder);
  } catch (error) {
    // Another file of tests was quicker.
    if (!existsSync(folder)) throw error;
    await rm(built, { recursive: true, force: true });
  }
  return folder;
}

function hashOf(root: string, env: Environment): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, env]));
  const own = globSync('{src,public}/**/*.*', { cwd: root }).map((path) => join(root, path));
  const config = globSync('*.{mjs,json}', { cwd: root }).map((path) => join(root, path));
  const others = globSync(SOURCES, { cwd: REPOSITORY }).map((path) => join(REPOSITORY, path));
  for (const path of [...own, ...config, ...others].toSorted()) {
    hash.update(`\0${path}\0`).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Builds of sources that are gone; none that another run may be using. */
async function removeStale(name: string): Promise<void> {
  for (const each of await readdir(KEPT)) {
    if (!each.startsWith(`${name}-`)) continue;
    const path = join(KEPT, each);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}
