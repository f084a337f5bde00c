import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectName } from './check-target.mjs';
import { oldestNode, packageJson } from './package-json.mjs';

const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url));

/** Files that every layer adds to. Of all others the last layer's counts. */
const JOINED = ['.env.example', 'README.md'];

/**
 * Writes a project: the layers of its choices, one over the other, and a package.json.
 *
 * @param {string} target An absolute path. What is there already is never overwritten: then it rejects.
 * @param {Pick<import('./choices.mjs').Choices, 'host' | 'accounts'>} choices
 * @returns {Promise<string[]>} The paths it has written, below `target`.
 */
export async function makeProject(target, choices) {
  const { host, accounts } = choices;
  const name = projectName(target);
  const files = await readLayers(accounts ? ['base', host, 'accounts', `${host}-accounts`] : ['base', host]);
  files.set('package.json', packageJson(name, choices));
  /** @type {Record<string, string>} */
  const values = { name, node: oldestNode(choices) };
  for (const [path, text] of files) {
    const file = join(target, path);
    await mkdir(dirname(file), { recursive: true });
    const filled = text.replace(/\{\{(\w+)\}\}/g, (whole, key) => values[key] ?? whole);
    await writeFile(file, filled, { flag: 'wx' });
  }
  return [...files.keys()].sort();
}

/**
 * @param {string[]} layers Folders of templates/.
 * @returns {Promise<Map<string, string>>} Texts by path.
 */
async function readLayers(layers) {
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const layer of layers) {
    const folder = join(TEMPLATES, layer);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((found) => found.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const path = pathInProject(file.slice(folder.length + 1));
      const text = await readFile(file, 'utf8');
      files.set(path, JOINED.includes(path) ? (files.get(path) ?? '') + text : text);
    }
  }
  return files;
}

// npm leaves a `.gitignore` out of what it publishes.
/** @param {string} path */
function pathInProject(path) {
  return path === '_gitignore' ? '.gitignore' : path;
}
