import { readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from './user-error.mjs';
import { versions } from './versions.mjs';

/** How many entries of a full folder a refusal names. */
const NAMED = 5;

/**
 * The folder of the project to be.
 *
 * @param {string} folder Relative to the current one, or absolute.
 * @returns {Promise<string>} Its absolute path. Rejects with a `UserError` where its name will not do, or something is in it.
 */
export async function checkTarget(folder) {
  projectName(folder);
  const target = resolve(folder);
  const entries = await entriesOf(target);
  if (entries.length === 0) return target;
  const more = entries.length > NAMED ? ` and ${entries.length - NAMED} more` : '';
  const named = entries.slice(0, NAMED).join(', ');
  throw new UserError(`${target} is not empty: ${named}${more}. Choose another folder, or empty this one.`);
}

/**
 * The package's name: that of the folder.
 *
 * @param {string} folder
 * @returns {string} Throws a `UserError` for what npm does not take as a name of a package, and for names of packages that the
 *   project itself installs.
 */
export function projectName(folder) {
  const name = basename(resolve(folder));
  if (!/^[a-z0-9][a-z0-9._-]{0,213}$/.test(name) || name === 'node_modules') {
    throw new UserError(
      `"${name}" is no name for a project: lowercase letters, digits, "-", "_" and "." only, at most 214, and a letter or digit first.`,
    );
  }
  if (Object.hasOwn(versions, name)) {
    throw new UserError(`"${name}" is the name of a package that the project needs. Choose another one.`);
  }
  return name;
}

/**
 * @param {string} target
 * @returns {Promise<string[]>} Empty where there is no such folder yet.
 */
async function entriesOf(target) {
  try {
    return (await readdir(target)).sort();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new UserError(`${target} is a file, or below one. Choose another folder.`);
    if (code === 'EACCES') throw new UserError(`${target} may not be read. Choose another folder.`);
    throw error;
  }
}
