import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from 'portico';
import { describe, expect, test } from 'vitest';
import { createPhotos } from '../../src/files/create-photos.ts';
import type { DiscardedFileStore } from '../../src/files/discarded-file-store.ts';
import { sweepFiles } from '../../src/files/file-sweeper.ts';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import { photoKey } from '../../src/files/photo-key.ts';
import { createPictureQueue } from '../../src/files/picture-queue.ts';
import { PhotoError } from '../../src/files/photos.ts';
import { photoUrl } from '../../src/files/photo-url.ts';
import type { Services } from '../../src/services.ts';
import { temporaryFolder } from './folder.ts';
import { jpeg, type Bytes } from './pictures.ts';

const HOUR = 60 * 60 * 1000;
const settings = { photos: { maxBytes: 100_000, maxPixels: 1_000_000, maxSide: 100 } };

function createList(): DiscardedFileStore & { readonly entries: Map<string, number> } {
  const entries = new Map<string, number>();
  return {
    entries,
    discard: async (key, dueAt) => void entries.set(key, dueAt),
    keep: async (key) => entries.delete(key),
    due: async (now, limit) =>
      [...entries]
        .filter(([, dueAt]) => dueAt <= now)
        .map(([key]) => key)
        .slice(0, limit),
    remove: async (key) => void entries.delete(key),
  };
}

async function setUp() {
  const folder = await temporaryFolder();
  const discardedFiles = createList();
  const clock = { now: 1_000_000 };
  const logged: string[] = [];
  const logger: Logger = {
    error: (message) => logged.push(message),
    warn: (message) => logged.push(message),
  };
  const storage = createLocalStorage(folder);
  const database = { discardedFiles } as unknown as Services['database'];
  const pictures = createPictureQueue();
  const parts = { settings, database, storage, pictures, logger, now: () => clock.now };
  const files = async (): Promise<string[]> =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  return { ...parts, parts, photos: createPhotos(parts), folder, clock, logged, discardedFiles, files };
}

const upload = (bytes: Bytes): File => new File([bytes], '../../etc/passwd.svg', { type: 'image/svg+xml' });

describe('preparing a photo', () => {
  test('writes a file under a name of ours, whatever the client calls it', async () => {
    const { photos, storage } = await setUp();
    const photo = await photos.prepare(upload(await jpeg(60, 40)));
    expect(photo).toMatchObject({ mediaType: 'image/webp', width: 60, height: 40 });
    expect(photo.storageKey).toBe(`photos/${photo.id.slice(0, 2)}/${photo.id}.webp`);
    expect(photo.storageKey).toBe(photoKey(photo.id));
    expect(photoUrl({ base: '' }, photo)).toBe(`/_portico/photos/${photo.id}.webp`);
    const stored = await storage.read(photo.storageKey);
    expect(stored?.bytes).toBe(photo.bytes);
    await stored?.stream.cancel();
  });

  test('announces the file for an hour from now, before it is written', async () => {
    const { parts, discardedFiles, clock } = await setUp();
    const seen: Array<[string, number]> = [];
    const storage = { ...parts.storage, write: async () => void seen.push(...discardedFiles.entries) };
    const photo = await createPhotos({ ...parts, storage }).prepare(upload(await jpeg()));
    expect(seen).toEqual([[photo.storageKey, clock.now + HOUR]]);
  });

  test('two uploads of one file are two photos', async () => {
    const { photos } = await setUp();
    const bytes = await jpeg();
    const [first, second] = await Promise.all([photos.prepare(upload(bytes)), photos.prepare(upload(bytes))]);
    expect(first?.id).not.toBe(second?.id);
  });

  test('a refused picture leaves nothing, neither file nor announcement', async () => {
    const { photos, files, discardedFiles } = await setUp();
    await expect(photos.prepare(upload(new Uint8Array()))).rejects.toThrow(PhotoError);
    await expect(photos.prepare(upload(new Uint8Array(100_001)))).rejects.toThrow(
      'The file is too large: 0.09 MB are the most.',
    );
    expect(await files()).toEqual([]);
    expect(discardedFiles.entries.size).toBe(0);
  });

  test('pictures wait for their turn before they come into memory: ten at once are two at a time', async () => {
    const { photos } = await setUp();
    const bytes = await jpeg();
    let reading = 0;
    let most = 0;
    const slow = (): File =>
      Object.assign(upload(bytes), {
        bytes: async () => {
          most = Math.max(most, (reading += 1));
          await new Promise(setImmediate);
          reading -= 1;
          return bytes;
        },
      });
    const all = await Promise.all(Array.from({ length: 10 }, () => photos.prepare(slow())));
    expect(new Set(all.map((photo) => photo.id)).size).toBe(10);
    expect(most).toBe(2);
  });

  test('where too many wait, one more is sent away with the time to come back', async () => {
    const { photos } = await setUp();
    const bytes = await jpeg();
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => photos.prepare(upload(bytes))));
    const refused = results
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ code: 'SERVICE_UNAVAILABLE', headers: { 'Retry-After': '10' } });
    await expect(photos.prepare(upload(bytes))).resolves.toMatchObject({ mediaType: 'image/webp' });
  });
});

describe('sweeping', () => {
  test('a photo that nobody kept goes after an hour, and no sooner', async () => {
    const { photos, parts, clock, files, discardedFiles } = await setUp();
    const photo = await photos.prepare(upload(await jpeg()));
    clock.now += HOUR - 1;
    expect(await sweepFiles(parts, 10)).toBe(0);
    expect(await files()).toEqual([`${photo.id}.webp`]);
    clock.now += 1;
    expect(await sweepFiles(parts, 10)).toBe(1);
    expect(await files()).toEqual([]);
    expect(discardedFiles.entries.size).toBe(0);
  });

  test('a photo that was kept stays', async () => {
    const { photos, parts, clock, files, discardedFiles } = await setUp();
    const photo = await photos.prepare(upload(await jpeg()));
    expect(await discardedFiles.keep(photo.storageKey)).toBe(true);
    clock.now += 2 * HOUR;
    expect(await sweepFiles(parts, 10)).toBe(0);
    expect(await files()).toEqual([`${photo.id}.webp`]);
  });

  test('what a crash left half written goes too', async () => {
    const { parts, clock, folder, discardedFiles, files } = await setUp();
    const key = 'photos/ab/abandoned.webp';
    await discardedFiles.discard(key, clock.now);
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await writeFile(join(folder, `${key}.part`), 'hal');
    expect(await sweepFiles(parts, 10)).toBe(1);
    expect(await files()).toEqual([]);
  });

  test('a file that cannot be deleted is logged, holds up no other and is tried again in ten minutes', async () => {
    const { parts, clock, discardedFiles, logged } = await setUp();
    const gone: string[] = [];
    let isBroken = true;
    const remove = async (key: string): Promise<void> => {
      if (key === 'a.webp' && isBroken) throw new Error('disk on fire');
      gone.push(key);
    };
    const broken = { ...parts, storage: { ...parts.storage, delete: remove } };
    for (const key of ['a.webp', 'b.webp']) await discardedFiles.discard(key, clock.now);
    expect(await sweepFiles(broken, 10)).toBe(1);
    expect(gone).toEqual(['b.webp']);
    expect([...discardedFiles.entries.keys()]).toEqual(['a.webp']);
    expect(logged.join()).toContain('a.webp could not be deleted');
    isBroken = false;
    expect(await sweepFiles(broken, 10)).toBe(0);
    clock.now += 10 * 60 * 1000;
    expect(await sweepFiles(broken, 10)).toBe(1);
    expect(discardedFiles.entries.size).toBe(0);
  });

  test('takes no more than it is told', async () => {
    const { parts, clock, discardedFiles } = await setUp();
    for (const key of ['a.webp', 'b.webp', 'c.webp']) await discardedFiles.discard(key, clock.now);
    expect(await sweepFiles(parts, 2)).toBe(2);
    expect(await sweepFiles(parts, 2)).toBe(1);
  });
});

describe('the id of a photo', () => {
  test.each([
    '',
    '..',
    '../../etc/passwd',
    '3f2504e0-4f89-41d3-9a0c-0305e82c330',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301\n',
    '3F2504E0-4F89-41D3-9A0C-0305E82C3301',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301/x',
    '%33f2504e0-4f89-41d3-9a0c-0305e82c330',
  ])('%j is none', (id) => {
    expect(photoKey(id)).toBeUndefined();
  });
});
