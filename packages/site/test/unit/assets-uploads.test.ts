import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Asset, NewAsset } from '../../src/assets/asset.ts';
import { assetRecord } from '../../src/assets/asset-record.ts';
import { createUploads } from '../../src/assets/create-uploads.ts';
import { keepPrepared } from '../../src/assets/keep-prepared.ts';
import { mayUseAsset } from '../../src/assets/may-use-asset.ts';
import { UploadError } from '../../src/assets/uploads.ts';
import type { Services } from '../../src/services.ts';
import type { Settings } from '../../src/config.ts';
import type { UploadRules } from '../../src/fields/upload-rules.ts';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import { createPictureQueue } from '../../src/files/picture-queue.ts';
import type { User } from '../../src/users/user.ts';
import { temporaryFolder } from '../files/folder.ts';
import { jpeg } from '../files/pictures.ts';
import { FILES, PDF } from '../files/sample-files.ts';

const COVER: UploadRules = { label: 'Cover', volume: 'uploads', kinds: ['image'] };
const PAPERS: UploadRules = { label: 'Papers', volume: 'papers', kinds: ['pdf', 'text'], maxBytes: 1000 };
const pdf = (name = 'a.pdf'): File => new File([PDF], name);

async function setUp() {
  const folder = await temporaryFolder();
  const discarded = new Map<string, number>();
  const discardedFiles = {
    discard: async (key: string, dueAt: number) => void discarded.set(key, dueAt),
    keep: async (key: string) => discarded.delete(key),
  };
  const storage = createLocalStorage(folder);
  const parts = {
    settings: { assets: { volumes: {}, maxBytes: 100_000, maxPixels: 1_000_000, maxSide: 100 } },
    database: { discardedFiles } as unknown as Services['database'],
    storage,
    pictures: createPictureQueue(),
    now: () => 1000,
  };
  const files = async (): Promise<string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  };
  return { parts, uploads: createUploads(parts), discarded, discardedFiles, storage, files };
}

describe('preparing a file', () => {
  test('writes it under a name of ours and puts it on the list of discarded files', async () => {
    const { uploads, discarded, files } = await setUp();
    const prepared = await uploads.prepare(pdf('../x.pdf'), PAPERS);
    const { uid } = prepared;
    expect(prepared).toEqual({
      uid,
      volume: 'papers',
      filename: 'x.pdf',
      kind: 'pdf',
      mediaType: 'application/pdf',
      bytes: PDF.length,
      width: null,
      height: null,
      storageKey: `assets/${uid.slice(0, 2)}/${uid}.pdf`,
    });
    expect(await files()).toEqual([`${uid}.pdf`]);
    expect([...discarded]).toEqual([[prepared.storageKey, 3_601_000]]);
  });

  test('announces it before it is written, so that a crash is swept up', async () => {
    const { parts, discarded } = await setUp();
    let announced = 0;
    const write = async (): Promise<void> => {
      announced = discarded.size;
      throw new Error('disk full');
    };
    const broken = createUploads({ ...parts, storage: { ...parts.storage, write } });
    await expect(broken.prepare(pdf(), PAPERS)).rejects.toThrow('disk full');
    expect([announced, discarded.size]).toEqual([1, 1]);
  });

  test.each<[string, () => File | Promise<File>, UploadRules, string]>([
    [
      'another kind',
      () => pdf(),
      COVER,
      '“a.pdf” is not allowed in Cover. Send a picture (JPEG, PNG, WebP, GIF or AVIF).',
    ],
    [
      'an unknown one',
      () => new File(['MZ\0'], 'a.exe'),
      PAPERS,
      '“a.exe” is not allowed in Papers. Send a PDF or a text (txt, md, csv, json, vtt).',
    ],
    [
      'a picture where none is asked for',
      async () => new File([await jpeg()], 'a.jpg'),
      PAPERS,
      '“a.jpg” is not allowed in Papers.',
    ],
    [
      'a wrong name',
      async () => new File([await jpeg()], 'a.pdf'),
      { ...COVER, kinds: ['image', 'pdf'] },
      '“a.pdf” is not allowed in Cover: it is no .pdf file. Save it as what its name says, or rename it.',
    ],
    [
      'the field’s limit',
      () => new File(['x'.repeat(1001)], 'a.txt'),
      PAPERS,
      '“a.txt” is too large for Papers: 1000 bytes are the most.',
    ],
    [
      'the site’s limit',
      () => new File(['x'.repeat(100_001)], 'a.txt'),
      { ...PAPERS, maxBytes: 1_000_000 },
      '“a.txt” is too large for Papers: 97 KB are the most.',
    ],
    ['nothing', () => new File([], 'a.txt'), PAPERS, '“a.txt” in Papers is empty.'],
    [
      'HEIC',
      () => new File(['\0\0\0\x18ftypheic\0\0\0\0mif1heic'], 'a.heic'),
      COVER,
      '“a.heic” cannot be used in Cover. It is not a JPEG, PNG, WebP, GIF or AVIF picture.',
    ],
    [
      'a name that turns the sentence round',
      () => new File(['MZ\0'], '\u202E”\r\nexe.'),
      COVER,
      '“exe.” is not allowed in Cover.',
    ],
    [
      'a long name',
      () => new File(['MZ\0'], 'n'.repeat(500)),
      COVER,
      `“${'n'.repeat(60)}…” is not allowed in Cover.`,
    ],
    ['no name', () => new File(['MZ\0'], ''), COVER, 'The file is not allowed in Cover.'],
  ])('says what is wrong: %s', async (_name, file, rules, sentence) => {
    const { uploads, discarded, files } = await setUp();
    const error = await Promise.resolve(file())
      .then((each) => uploads.prepare(each, rules))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UploadError);
    expect((error as Error).message).toContain(sentence);
    expect([discarded.size, await files()]).toEqual([0, []]);
  });

  test('a file without an extension gets one', async () => {
    const { uploads } = await setUp();
    expect((await uploads.prepare(pdf('blob'), PAPERS)).filename).toBe('blob.pdf');
    const office = { ...PAPERS, kinds: ['document'] as const };
    const docx = new File([FILES.docx], 'letter.docx');
    expect((await uploads.prepare(docx, office)).filename).toBe('letter.docx');
  });

  test('where too many pictures wait, one more is sent away', async () => {
    const { uploads } = await setUp();
    const bytes = await jpeg();
    const all = Array.from({ length: 30 }, () => uploads.prepare(new File([bytes], 'a.jpg'), COVER));
    const refused = (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: { code: 'SERVICE_UNAVAILABLE' } });
  });
});

describe('keeping a file', () => {
  const assets = {
    insert: async (asset: NewAsset, now: number): Promise<Asset> => ({ ...asset, id: 7, createdAt: now }),
  } as unknown as Services['database']['assets'];

  test('takes it off the list and makes an asset', async () => {
    const { uploads, discardedFiles, discarded } = await setUp();
    const prepared = await uploads.prepare(pdf(), PAPERS);
    const stores = { discardedFiles, assets } as unknown as Services['database'];
    const asset = await keepPrepared(stores, prepared, 3, 5000);
    expect(asset).toEqual({ ...prepared, id: 7, uploaderId: 3, createdAt: 5000 });
    expect(discarded.size).toBe(0);
    await expect(keepPrepared(stores, prepared, 3, 5000)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('what is shown of it does not say where it lies', async () => {
    const { uploads } = await setUp();
    const asset = { ...(await uploads.prepare(pdf('Ä.pdf'), PAPERS)), id: 7, uploaderId: null, createdAt: 0 };
    const record = assetRecord(asset, { base: '/shop' });
    expect(record.url).toBe(`/shop/_portico/uploads/${asset.uid}/%C3%84.pdf`);
    expect(record.dateCreated).toEqual(new Date(0));
    expect(Object.keys(record)).not.toContain('storageKey');
  });
});

describe('naming a file in content of one’s own', () => {
  const settings = { users: { groups: {} } } as unknown as Settings;
  const user = (id: number, permissions: string[] = [], admin = false): User =>
    ({ id, admin, groups: [], permissions }) as unknown as User;
  const PEER = ['viewAssets:uploads', 'viewPeerAssets:uploads'];

  test.each<[string, User | null, boolean, number | null, boolean]>([
    ['whoever sent it', user(1), false, 1, true],
    ['somebody else', user(2), false, 1, false],
    ['somebody, where it is nobody’s', user(2), false, null, false],
    ['who may see others’ files', user(2, PEER), false, 1, true],
    [
      'who may see those of another volume',
      user(2, ['viewAssets:docs', 'viewPeerAssets:docs']),
      false,
      1,
      false,
    ],
    ['who holds the inner permission alone', user(2, ['viewPeerAssets:uploads']), false, 1, false],
    ['an administrator', user(2, [], true), false, 1, true],
    ['a guest', null, false, 1, false],
    ['a guest, where it is nobody’s', null, false, null, false],
    ['server code', null, true, 1, true],
  ])('%s', (_name, who, trusted, uploaderId, expected) => {
    expect(mayUseAsset({ user: who, trusted }, { uploaderId, volume: 'uploads' }, settings)).toBe(expected);
  });
});
