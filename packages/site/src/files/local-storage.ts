import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FileStorage } from './file-storage.ts';
import { streamOf } from './file-stream.ts';
import { keySegments } from './storage-key.ts';

/**
 * Files in a folder of this machine, which is made when the first one is written. Every method rejects with a `TypeError`
 * for a key that is none (`storage-key.ts`) and with an `Error` where a link stands in the way: nothing is written or read
 * through one. The folder itself may be a link.
 */
export function createLocalStorage(folder: string): FileStorage {
  const root = resolve(folder);

  return {
    async write(key, content) {
      const { folders, name } = split(key);
      const place = await makeFolders(root, folders);
      const path = join(place, name);
      // Nobody else has this name, so the file is whole when it gets its own, and two writers of one key exclude each
      // other. What a crash leaves of it goes with `delete`.
      const part = `${path}.part`;
      const file = await open(part, 'wx', 0o640).catch((error: unknown) => {
        throw isCode(error, 'EEXIST') ? taken(key, error) : error;
      });
      try {
        await writeWhole(file, content);
        if (await exists(path)) throw taken(key);
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await syncFolder(place);
    },

    async read(key) {
      const { folders, name } = split(key);
      const place = await findFolder(root, folders);
      if (place === undefined) return undefined;
      const path = join(place, name);
      const file = await openFile(path);
      if (file === undefined) return undefined;
      const stats = await file.stat();
      if (stats.isFile()) return { bytes: stats.size, stream: streamOf(file, stats.size) };
      await file.close();
      throw new Error(`${path} is no file. The storage holds files and folders only.`);
    },

    async delete(key) {
      const { folders, name } = split(key);
      const place = await findFolder(root, folders);
      if (place === undefined) return;
      await rm(join(place, `${name}.part`), { force: true });
      await rm(join(place, name), { force: true });
    },
  };
}

function split(key: string): { readonly folders: readonly string[]; readonly name: string } {
  const segments = keySegments(key);
  return { folders: segments.slice(0, -1), name: segments.at(-1) ?? '' };
}

async function makeFolders(root: string, folders: readonly string[]): Promise<string> {
  await mkdir(root, { recursive: true });
  let place = root;
  for (const folder of folders) {
    const parent = place;
    place = join(parent, folder);
    const isNew = await mkdir(place).then(
      () => true,
      (error: unknown) => {
        if (isCode(error, 'EEXIST')) return false;
        throw error;
      },
    );
    if (isNew) await syncFolder(parent);
    else await isFolder(place);
  }
  return place;
}

async function findFolder(root: string, folders: readonly string[]): Promise<string | undefined> {
  let place = root;
  for (const folder of folders) {
    place = join(place, folder);
    if (!(await isFolder(place))) return undefined;
  }
  return place;
}

/** False where there is nothing. */
async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(nothing);
  if (stats === undefined) return false;
  if (stats.isDirectory()) return true;
  throw new Error(`${path} is no folder. The storage follows no links: move the files there.`);
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(nothing)) !== undefined;
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    if (isCode(error, 'ELOOP'))
      throw new Error(`${path} is a link. The storage follows none.`, { cause: error });
    return nothing(error);
  });
}

async function writeWhole(file: FileHandle, content: Uint8Array | Blob): Promise<void> {
  try {
    await file.writeFile(content instanceof Blob ? content.stream() : content);
    await file.sync();
  } finally {
    await file.close();
  }
}

// A new name is on the disk only once its folder is. Windows opens no folders, and needs no such thing.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  if (folder === undefined) return;
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function taken(key: string, cause?: unknown): Error {
  return new Error(`The storage has ${key} already, and never overwrites.`, { cause });
}

function nothing(error: unknown): undefined {
  if (isCode(error, 'ENOENT')) return undefined;
  throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
