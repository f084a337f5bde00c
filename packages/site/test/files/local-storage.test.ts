import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileStorage } from '../../src/files/file-storage.ts';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import { keySegments } from '../../src/files/storage-key.ts';
import { temporaryFolder } from './folder.ts';

const KEY = 'photos/3f/cover.webp';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function textOf(storage: FileStorage, key: string): Promise<string | undefined> {
  const found = await storage.read(key);
  return found && new Response(found.stream as ReadableStream<Uint8Array<ArrayBuffer>>).text();
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}

describe('a file', () => {
  test('is read as it was written, with its size', async () => {
    const storage = createLocalStorage(await temporaryFolder());
    const content = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
    await storage.write(KEY, content);
    const found = await storage.read(KEY);
    expect(found?.bytes).toBe(200_000);
    const read = await new Response(found?.stream as ReadableStream<Uint8Array<ArrayBuffer>>).bytes();
    expect(Buffer.compare(read, content)).toBe(0);
  });

  test('may come as a blob, piece by piece', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(folder);
    const content = 'abcdefgh'.repeat(100_000);
    const whole = new File([content], 'a.txt');
    await storage.write(KEY, Object.assign(whole, { bytes: () => Promise.reject(new Error('in memory')) }));
    expect((await textOf(storage, KEY)) === content).toBe(true);
  });

  test('that breaks off while it is written leaves nothing', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(folder);
    const broken = Object.assign(new Blob(['a']), {
      stream: () =>
        new ReadableStream({
          start: (controller) => controller.enqueue(bytes('half')),
          pull: () => Promise.reject(new Error('the disk is gone')),
        }),
    });
    await expect(storage.write(KEY, broken)).rejects.toThrow('the disk is gone');
    expect(await filesIn(folder)).toEqual([]);
  });

  test('of no bytes is a file', async () => {
    const storage = createLocalStorage(await temporaryFolder());
    await storage.write(KEY, new Uint8Array());
    expect(await textOf(storage, KEY)).toBe('');
  });

  test('that was never written is undefined, in a folder that is there and in one that is not', async () => {
    const storage = createLocalStorage(join(await temporaryFolder(), 'not', 'yet', 'there'));
    expect(await storage.read(KEY)).toBeUndefined();
    await storage.write(KEY, bytes('x'));
    expect(await storage.read('photos/3f/other.webp')).toBeUndefined();
  });

  test('is gone after delete, and deleting it again is no error', async () => {
    const storage = createLocalStorage(await temporaryFolder());
    await storage.write(KEY, bytes('x'));
    await storage.delete(KEY);
    await storage.delete(KEY);
    await storage.delete('nowhere/at/all.webp');
    expect(await storage.read(KEY)).toBeUndefined();
  });

  test('can be left unread', async () => {
    const storage = createLocalStorage(await temporaryFolder());
    await storage.write(KEY, bytes('unread'));
    const found = await storage.read(KEY);
    await found?.stream.cancel();
    expect(await textOf(storage, KEY)).toBe('unread');
  });
});

describe('writing', () => {
  test('never overwrites, and what was there stays', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(folder);
    await storage.write(KEY, bytes('first'));
    await expect(storage.write(KEY, bytes('second'))).rejects.toThrow(/has photos\/3f\/cover.webp already/);
    expect(await textOf(storage, KEY)).toBe('first');
    expect(await filesIn(folder)).toEqual(['cover.webp']);
  });

  test('the same key many times at once: one gets it', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(folder);
    const contents = Array.from({ length: 10 }, (_, index) => String(index).repeat(10_000));
    const results = await Promise.allSettled(contents.map((content) => storage.write(KEY, bytes(content))));
    const winner = results.findIndex((result) => result.status === 'fulfilled');
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await textOf(storage, KEY)).toBe(contents[winner]);
    expect(await filesIn(folder)).toEqual(['cover.webp']);
  });

  test('a crash leaves no half file under the key, and deleting the key takes what it left', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(folder);
    // What a process leaves that dies between the first byte and the last.
    await mkdir(join(folder, 'photos/3f'), { recursive: true });
    await writeFile(join(folder, `${KEY}.part`), 'hal');
    expect(await storage.read(KEY)).toBeUndefined();
    await expect(storage.write(KEY, bytes('half'))).rejects.toThrow(/already/);
    await storage.delete(KEY);
    expect(await filesIn(folder)).toEqual([]);
    await storage.write(KEY, bytes('whole'));
    expect(await textOf(storage, KEY)).toBe('whole');
  });

  test('that fails leaves nothing', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(folder);
    const broken = { byteLength: 3 } as Uint8Array;
    await expect(storage.write(KEY, broken)).rejects.toThrow();
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe('keys', () => {
  test.each([
    ['', 'nothing'],
    ['/etc/passwd', 'absolute'],
    ['../secret', 'the parent'],
    ['photos/../../secret', 'the parent, further down'],
    ['photos/..', 'the parent at the end'],
    ['photos/./a', 'the folder itself'],
    ['photos//a', 'an empty folder name'],
    ['photos/', 'no name'],
    ['.htaccess', 'a hidden name'],
    ['photos/.hidden/a', 'a hidden folder'],
    ['photos/a..b', 'two dots'],
    ['photos/a.', 'a dot at the end, which Windows drops'],
    ['photos/a.webp.part', 'the name of a file that is being written'],
    ['photos\\..\\secret', 'backslashes'],
    ['C:/secret', 'a drive'],
    ['photos/%2e%2e/secret', 'percent-encoded dots'],
    ['photos/Cover.webp', 'capital letters, which some disks do not tell apart'],
    ['photos/\u0000', 'a null byte'],
    ['photos/é', 'a letter beyond ASCII'],
    ['photos/a b', 'a space'],
    ['photos/a\n', 'a line break'],
    [`photos/${'a'.repeat(300)}`, 'too long for a disk'],
  ])('%j is refused: %s', async (key) => {
    const folder = await temporaryFolder();
    const storage = createLocalStorage(join(folder, 'root'));
    await expect(storage.write(key, bytes('x'))).rejects.toThrow(TypeError);
    await expect(storage.read(key)).rejects.toThrow(/is no storage key/);
    await expect(storage.delete(key)).rejects.toThrow(/is no storage key/);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('whatever is accepted stays in the folder', () => {
    const hostile = fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', '-', '%', '\0', '_', '~') });
    fc.assert(
      fc.property(hostile, (key) => {
        let segments: readonly string[];
        try {
          segments = keySegments(key);
        } catch {
          return;
        }
        const path = join('/root', ...segments);
        expect(path).toBe(`/root/${key}`);
        expect(dirname(path).startsWith('/root')).toBe(true);
      }),
    );
  });
});

describe('links inside the folder', () => {
  test('lead nowhere, neither folders nor files', async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'secret.webp'), 'secret');
    const folder = await temporaryFolder();
    await symlink(outside, join(folder, 'photos'));
    await symlink(join(outside, 'secret.webp'), join(folder, 'linked.webp'));
    const storage = createLocalStorage(folder);

    await expect(storage.read('photos/secret.webp')).rejects.toThrow(/follows no links/);
    await expect(storage.write('photos/new.webp', bytes('x'))).rejects.toThrow(/follows no links/);
    await expect(storage.write('photos/aa/new.webp', bytes('x'))).rejects.toThrow(/follows no links/);
    await expect(storage.delete('photos/secret.webp')).rejects.toThrow(/follows no links/);
    await expect(storage.read('linked.webp')).rejects.toThrow(/is a link/);
    await expect(storage.write('linked.webp', bytes('x'))).rejects.toThrow(/already/);
    await storage.delete('linked.webp');

    expect(await filesIn(outside)).toEqual(['secret.webp']);
    expect(await readFile(join(outside, 'secret.webp'), 'utf8')).toBe('secret');
  });

  test('the folder itself may be one', async () => {
    const real = await temporaryFolder();
    const link = join(await temporaryFolder(), 'files');
    await symlink(real, link);
    const storage = createLocalStorage(link);
    await storage.write(KEY, bytes('x'));
    expect(await textOf(storage, KEY)).toBe('x');
  });

  test('a folder is no file', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'photos/3f/cover.webp'), { recursive: true });
    const storage = createLocalStorage(folder);
    await expect(storage.read(KEY)).rejects.toThrow(/is no file/);
  });
});
