import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

export interface FreshProject {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * A folder with these files, by their paths. It lies in the workspace, so that packages are found, and not under
 * node_modules, where Node strips no types. `packages` are its own ones, by the folders that they lie in from the root.
 */
export async function freshProject(
  files: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, string>> = {},
): Promise<FreshProject> {
  await mkdir(join(root, '.data'), { recursive: true });
  const folder = await mkdtemp(join(root, '.data', 'fresh-'));
  for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const [name, place] of Object.entries(packages)) {
    await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true });
    await symlink(join(root, place), join(folder, 'node_modules', name), 'junction');
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
