import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for projects, from which they find `portico` and `@portico/site` as published, and all else as installed here. */
    workspace: string;
  }
}

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
// Not below node_modules, where Node runs no TypeScript; ignored by git.
const workspace = join(ROOT, '.data', `starter-${process.pid}`);

/** Once for all tests: the packages, built as they are published, where made projects look for them. */
export async function setup(project: TestProject): Promise<void> {
  const installed = join(workspace, 'node_modules');
  const portico = join(installed, 'portico');
  const site = join(installed, '@portico/site');
  await build('portico', portico, {});
  await build('site', site, {
    portico: [join(portico, 'dist/index.d.ts')],
    'portico/*': [join(portico, 'dist/*.d.ts')],
  });
  // Express stands beside them in this repository, with an older `cookie` than Astro's own at the root.
  await symlink(join(ROOT, 'node_modules/astro/node_modules/cookie'), join(installed, 'cookie'));
  project.provide('workspace', workspace);
}

export const teardown = (): Promise<void> => rm(workspace, { recursive: true, force: true });

async function build(
  name: string,
  target: string,
  paths: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const source = join(ROOT, 'packages', name);
  await mkdir(target, { recursive: true });
  await copyFile(join(source, 'package.json'), join(target, 'package.json'));
  const config = join(target, 'tsconfig.json');
  const compilerOptions = {
    rootDir: join(source, 'src'),
    outDir: join(target, 'dist'),
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths,
  };
  const extended = join(source, 'tsconfig.build.json');
  await writeFile(
    config,
    JSON.stringify({ extends: extended, compilerOptions, include: [join(source, 'src')] }),
  );
  const tsc = spawn(join(ROOT, 'node_modules/.bin/tsc'), ['-p', config], { stdio: 'ignore' });
  const [status] = (await once(tsc, 'exit')) as [number | null];
  // 2: written in spite of errors in types, which are the business of the types step.
  if (status !== 0 && status !== 2) throw new Error(`tsc -p packages/${name} ended with ${status}.`);
}
