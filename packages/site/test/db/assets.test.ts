import { expect, it } from 'vitest';
import type { NewAsset } from '../../src/assets/asset.ts';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE, userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

function assetNamed(filename: string, more: Partial<NewAsset> = {}): NewAsset {
  return {
    uid: `uid of ${filename}`,
    volume: 'images',
    filename,
    kind: 'image',
    mediaType: 'image/webp',
    bytes: 5_000_000_000,
    width: 640,
    height: 480,
    storageKey: `assets/${filename}`,
    uploaderId: null,
    ...more,
  };
}

describeDatabases('assets', ({ open }) => {
  it('are given back as they were inserted', async () => {
    const { assets, users } = (await open()).database;
    const { id: uploaderId } = await users.insert(userNamed('ada'), NOW);
    const pdf = { kind: 'pdf' as const, mediaType: 'application/pdf', width: null, height: null, uploaderId };
    for (const given of [assetNamed('a.webp'), assetNamed('b.pdf', pdf)]) {
      const made = await assets.insert(given, NOW);
      expect(made).toEqual({ ...given, id: made.id, createdAt: NOW });
      expect(await assets.find(made.id)).toEqual(made);
      expect(await assets.findByUid(given.uid)).toEqual(made);
    }
    for (const id of [0, 99, 1.5, NaN, 2 ** 60]) expect(await assets.find(id)).toBeUndefined();
    expect(await assets.findByUid('nobody')).toBeUndefined();
  });

  it('are found many at once, in the order of the ids', async () => {
    const { assets } = (await open()).database;
    const [a, b, c] = [
      await assets.insert(assetNamed('a'), NOW),
      await assets.insert(assetNamed('b'), NOW),
      await assets.insert(assetNamed('c'), NOW),
    ];
    expect(await assets.findMany([c.id, 99, NaN, a.id, c.id])).toEqual([c, a, c]);
    const many = Array.from({ length: 3000 }, (_, n) => n + 1000);
    expect(await assets.findMany([...many, b.id])).toEqual([b]);
    expect(await assets.findMany([])).toEqual([]);
  });

  it('are listed newest first, those of one user', async () => {
    const { assets, users } = (await open()).database;
    const { id: ada } = await users.insert(userNamed('ada'), NOW);
    const { id: bob } = await users.insert(userNamed('bob'), NOW);
    const newest = await assets.insert(assetNamed('newest', { uploaderId: ada }), NOW + 1);
    const first = await assets.insert(assetNamed('first', { uploaderId: ada }), NOW);
    const second = await assets.insert(assetNamed('second', { uploaderId: ada }), NOW);
    await assets.insert(assetNamed('other', { uploaderId: bob }), NOW);
    await assets.insert(assetNamed('guest'), NOW);
    expect(await assets.listOf(ada)).toEqual([newest, second, first]);
    expect(await assets.listOf(99)).toEqual([]);
    expect(await assets.listOf(NaN)).toEqual([]);
  });

  it('are there once a uid, and gone when they are deleted', async () => {
    const { assets } = (await open()).database;
    const { id } = await assets.insert(assetNamed('a'), NOW);
    await expect(assets.insert(assetNamed('a'), NOW)).rejects.toThrow(/unique/i);
    await assets.delete(id);
    expect(await assets.find(id)).toBeUndefined();
    await assets.delete(id);
    expect((await assets.insert(assetNamed('a'), NOW)).id).not.toBe(id);
  });

  it('keep every name as it is', async () => {
    const { assets } = (await open()).database;
    for (const text of HOSTILE) {
      const { id } = await assets.insert(assetNamed(text), NOW);
      expect(await assets.find(id)).toMatchObject({ filename: text, storageKey: `assets/${text}` });
    }
  });
});
