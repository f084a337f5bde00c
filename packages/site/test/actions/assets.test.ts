import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import type { AssetRecord } from '../../src/assets/asset-record.ts';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import { sweepFiles } from '../../src/files/file-sweeper.ts';
import { temporaryFolder } from '../files/folder.ts';
import { jpeg, pixelBomb, withSegment, type Bytes } from '../files/pictures.ts';
import { FILES, PDF } from '../files/sample-files.ts';
import { describeSites, type Answer, type Visitor } from '../support/site.ts';

const UPLOAD = 'assets/upload';
const DELETE = 'assets/delete-asset';
const KEEPER = ['viewAssets:uploads', 'saveAssets:uploads', 'deleteAssets:uploads'];
const CHIEF = [...KEEPER, 'viewPeerAssets:uploads', 'deletePeerAssets:uploads'];

const file = (bytes: Bytes | string, name: string): File => new File([bytes], name, { type: 'text/html' });
const pdf = (name = 'report.pdf'): File => file(PDF, name);
const send = (visitor: Visitor, ...files: File[]): Promise<Answer> =>
  visitor.upload(UPLOAD, { volume: 'uploads', files });
const uploaded = async (visitor: Visitor, each: File): Promise<AssetRecord> => {
  const { status, json, text } = await send(visitor, each);
  if (status !== 200) throw new Error(`The upload failed: ${status} ${text}`);
  return json.assets[0] as AssetRecord;
};

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describeSites('assets', (open) => {
  async function setUp(options: Parameters<typeof open>[0] = {}) {
    const folder = await temporaryFolder();
    const app = await open({ storage: createLocalStorage(folder), ...options });
    const user = await app.user({ permissions: KEEPER });
    const visitor = await app.login(user);
    const { database } = app.site.services;
    return { app, folder, user, visitor, database, sweep: () => sweepFiles(app.site.services, 100) };
  }

  describe('uploading', () => {
    test('several files become assets of who sent them, without a word of where they lie', async () => {
      const { app, visitor, user, folder, sweep } = await setUp();
      const answer = await send(visitor, file(await jpeg(60, 40), 'Me & you.JPG'), pdf());
      expect(answer.status).toBe(200);
      const [picture, report] = answer.json.assets;
      expect(picture).toEqual({
        id: expect.any(Number),
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        volume: 'uploads',
        filename: 'Me-you.webp',
        kind: 'image',
        mediaType: 'image/webp',
        bytes: expect.any(Number),
        width: 60,
        height: 40,
        url: `/_portico/uploads/${picture.uid}/Me-you.webp`,
        uploaderId: user.id,
        dateCreated: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      expect(report).toMatchObject({ kind: 'pdf', filename: 'report.pdf', bytes: PDF.length, width: null });
      expect(answer.json.message).toBe('Files uploaded.');
      expect(answer.text).not.toMatch(/storageKey|assets\/[0-9a-f]{2}/);
      app.clock.advance(2 * 3600);
      await sweep();
      expect((await filesIn(folder)).toSorted()).toEqual(
        [`${picture.uid}.webp`, `${report.uid}.pdf`].toSorted(),
      );
    });

    test('takes saveAssets of that volume with what it is nested in', async () => {
      const { app, visitor } = await setUp({ assets: { volumes: { uploads: {}, secret: {} } } });
      const inSecret = await visitor.upload(UPLOAD, { volume: 'secret', files: [pdf()] });
      expect(inSecret.status).toBe(403);
      const none = await visitor.upload(UPLOAD, { volume: 'nowhere', files: [pdf()] });
      expect([none.status, none.json.errors]).toEqual([400, { volume: ['There is no such volume.'] }]);
      const proto = await visitor.upload(UPLOAD, { volume: '__proto__', files: [pdf()] });
      expect(proto.status).toBe(400);
      expect((await send(app.visitor(), pdf())).status).toBe(401);
      const half = await app.login(await app.user({ permissions: ['saveAssets:uploads'] }));
      expect((await send(half, pdf())).status).toBe(403);
      const admin = await app.login(await app.user({ admin: true }));
      expect((await send(admin, pdf())).status).toBe(200);
    });

    test('one bad file refuses all, is named, and nothing stays', async () => {
      const { app, visitor, folder, database, user, sweep } = await setUp();
      const answer = await send(visitor, pdf(), file('MZ\x90\0', 'setup.exe'));
      expect(answer.status).toBe(400);
      expect(answer.json.message).toBe('Couldn’t upload files.');
      expect(answer.json.errors.files[0]).toMatch(
        /^“setup\.exe” is not allowed in this volume\. Send a picture/,
      );
      expect(await database.assets.listOf(user.id)).toEqual([]);
      app.clock.advance(3600);
      expect(await sweep()).toBe(1);
      expect(await filesIn(folder)).toEqual([]);
    });

    test('parameters that are missing are errors there', async () => {
      const { visitor } = await setUp();
      const nothing = await visitor.upload(UPLOAD, { volume: 'uploads' });
      expect([nothing.status, Object.keys(nothing.json.errors)]).toEqual([400, ['files']]);
      const nowhere = await visitor.upload(UPLOAD, { files: [pdf()] });
      expect(nowhere.json.errors).toEqual({ volume: ['Say where the files go: the handle of a volume.'] });
      const text = await visitor.upload(UPLOAD, { volume: 'uploads', files: ['../../etc/passwd'] });
      expect([text.status, Object.keys(text.json.errors)]).toEqual([400, ['files.0']]);
    });

    test('counts towards the limit of uploads', async () => {
      const { visitor } = await setUp({ limits: { uploads: { points: 2, seconds: 60 } } });
      expect((await send(visitor, pdf())).status).toBe(200);
      expect((await send(visitor, pdf())).status).toBe(200);
      expect((await send(visitor, pdf())).status).toBe(429);
    });
  });

  describe('what is refused', () => {
    test.each<[string, string, string | (() => Bytes | Promise<Bytes>), string]>([
      ['HTML as a picture', 'a.png', '<!doctype html><script>alert(1)</script>', 'not allowed'],
      ['HTML as text', 'a.txt', '\n<html>', 'not allowed'],
      ['HTML by its name', 'a.html', 'no markup at all', 'is not allowed in this volume. Send'],
      ['SVG', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'not allowed'],
      ['SVG as a picture', 'a.webp', '<?xml version="1.0"?><svg/>', 'not allowed'],
      ['a script', 'a.js', 'alert(1)', 'is not allowed in this volume. Send'],
      ['a picture that is called a page', 'a.html', () => jpeg(), 'is not allowed in this volume. Send'],
      [
        'a picture that is called a program',
        'a.png.exe',
        () => jpeg(),
        'is not allowed in this volume. Send',
      ],
      ['a document with macros', 'a.docm', () => FILES.docx, 'is not allowed in this volume. Send'],
      [
        'an archive that is a program of Java',
        'a.jar',
        () => FILES.zip,
        'is not allowed in this volume. Send',
      ],
      ['a PDF that is called a picture', 'a.png', () => PDF, 'is no .png file'],
      [
        'a picture that is none but for its start',
        'a.gif',
        'GIF89a/*<script>*/=1',
        'damaged or not complete',
      ],
      ['a decompression bomb', 'a.png', pixelBomb, 'too large: 30000 × 30000 pixels'],
      ['nothing', 'a.txt', '', 'is empty'],
    ])('%s', async (_name, name, content, message) => {
      const { visitor, database, user } = await setUp();
      const answer = await send(visitor, file(typeof content === 'string' ? content : await content(), name));
      // An empty file is what a form sends whose file input was left alone.
      if (content === '') expect(answer.json.errors).toHaveProperty('files');
      else expect(answer.json.errors.files?.[0]).toContain(message);
      expect(answer.status).toBe(400);
      expect(await database.assets.listOf(user.id)).toEqual([]);
    });

    test('a file above the limit, before all of it was read', async () => {
      const { visitor } = await setUp({ assets: { maxBytes: 1_048_576 } });
      const answer = await send(visitor, file('x'.repeat(20_000_000), 'a.txt')).catch(() => undefined);
      // A server that stops reading may close the connection before the client has its answer.
      if (answer !== undefined) expect(answer.status).toBe(413);
      expect((await send(visitor, file('x'.repeat(1_000_000), 'a.txt'))).status).toBe(200);
    });

    test('an upload that breaks off leaves nothing', async () => {
      const { app, folder, visitor, database } = await setUp();
      const discard = vi.spyOn(database.discardedFiles, 'discard');
      const { port } = new URL(app.origin);
      const token = await visitor.token();
      const socket = connect(Number(port), '127.0.0.1');
      const part = (name: string, more = ''): string =>
        `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
      const cookies = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      socket.write(
        `POST /actions/${UPLOAD} HTTP/1.1\r\nHost: x\r\nUser-Agent: Test browser\r\nCookie: ${cookies}\r\n` +
          `X-CSRF-Token: ${token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n` +
          `${part('volume')}uploads\r\n${part('files', '; filename="a.txt"')}${'x'.repeat(400_000)}`,
      );
      await new Promise((sent) => socket.write('x', sent));
      socket.destroy();
      expect((await visitor.read('users/session-info')).status).toBe(200);
      expect(discard).not.toHaveBeenCalled();
      expect(await filesIn(folder)).toEqual([]);
    });
  });

  describe('what is kept', () => {
    test('a picture is made anew: small, upright, without a byte of what else was in it', async () => {
      const { app, visitor } = await setUp({ assets: { maxSide: 30 } });
      const shot = await sharp(await jpeg(80, 40))
        .withExif({ IFD0: { Copyright: 'SECRET-PLACE' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const polyglot = withSegment(Uint8Array.from(shot), 0xfe, '<script>alert(1)</script>');
      const asset = await uploaded(visitor, file(polyglot, 'a.png.php.jpg'));
      expect([asset.filename, asset.height]).toEqual(['a-png-php.webp', 30]);
      const response = await fetch(new URL(asset.url, app.origin));
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.includes('SECRET') || bytes.includes('<script')).toBe(false);
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    });

    test('a picture that moves stays still', async () => {
      const { visitor } = await setUp();
      const frames = Buffer.from([...Array<number>(300).fill(0), ...Array<number>(300).fill(255)]);
      const gif = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
        .gif()
        .toBuffer();
      const asset = await uploaded(visitor, file(Uint8Array.from(gif), 'a.gif'));
      expect(asset).toMatchObject({ width: 10, height: 10, mediaType: 'image/webp' });
    });

    test('a name never leads anywhere, and two files of one name stay two (CVE-2026-84800)', async () => {
      const { visitor, folder } = await setUp();
      const one = await uploaded(visitor, pdf('../../../etc/passwd.pdf'));
      const two = await uploaded(visitor, pdf('passwd.pdf'));
      expect([one.filename, two.filename]).toEqual(['passwd.pdf', 'passwd.pdf']);
      expect(one.url).not.toBe(two.url);
      expect((await filesIn(folder)).toSorted()).toEqual([`${one.uid}.pdf`, `${two.uid}.pdf`].toSorted());
    });

    test('large files go to the storage as they came', async () => {
      const { app, visitor } = await setUp();
      const content = 'abcdefgh'.repeat(150_000);
      const asset = await uploaded(visitor, file(content, 'Long – list.csv'));
      const answer = await app.visitor().send(asset.url);
      expect(asset.bytes).toBe(1_200_000);
      expect(answer.text === content).toBe(true);
    });
  });

  describe('serving', () => {
    test('guests may see what they know the address of; all but pictures is downloaded', async () => {
      const { app, visitor } = await setUp();
      const picture = await uploaded(visitor, file(await jpeg(), 'a.jpg'));
      const sheet = await uploaded(visitor, file('a,b', 'Käse.csv'));
      const guest = app.visitor();
      const [shown, loaded] = [await guest.send(picture.url), await guest.send(sheet.url)];
      expect(shown.headers.get('content-type')).toBe('image/webp');
      expect(shown.headers.get('content-disposition')).toBe('inline; filename="a.webp"');
      expect(loaded.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(loaded.headers.get('content-disposition')).toBe(
        `attachment; filename="Ka_se.csv"; filename*=UTF-8''K%C3%A4se.csv`,
      );
      expect(loaded.text).toBe('a,b');
      for (const { status, headers } of [shown, loaded]) {
        expect(status).toBe(200);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
        expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(headers.get('set-cookie')).toBeNull();
      }
    });

    test('HEAD says how long it is, and a known tag is not sent again', async () => {
      const { app, visitor } = await setUp();
      const { url } = await uploaded(visitor, pdf());
      const guest = app.visitor();
      const head = await guest.send(url, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length'), head.text]).toEqual([
        200,
        String(PDF.length),
        '',
      ]);
      const etag = head.headers.get('etag') ?? '';
      const again = await guest.send(url, { headers: { 'if-none-match': `"x", W/${etag}` } });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    });

    test('no other name, no other file', async () => {
      const { app, visitor } = await setUp();
      const { url, uid } = await uploaded(visitor, pdf());
      for (const path of [
        url.replace('.pdf', '.html'),
        `/_portico/uploads/${uid}/..%2F..%2Fsite.db`,
        `/_portico/uploads/${uid.toUpperCase()}/report.pdf`,
        '/_portico/uploads/00000000-0000-4000-8000-000000000000/report.pdf',
        '/_portico/uploads/..%2F..%2F/report.pdf',
        `/_portico/uploads/${uid}%00/report.pdf`,
      ]) {
        expect((await app.visitor().send(path)).status, path).toBe(404);
      }
    });

    test('below a base', async () => {
      const { visitor } = await setUp({ base: '/shop', portico: { base: '/shop' } });
      const { url } = await uploaded(visitor, pdf());
      expect(url).toMatch(/^\/shop\/_portico\/uploads\//);
      expect((await visitor.send(url)).status).toBe(200);
    });
  });

  describe('deleting', () => {
    test('one’s own takes deleteAssets; the file goes with it', async () => {
      const { app, visitor, folder, sweep } = await setUp();
      const { id, url } = await uploaded(visitor, pdf());
      const answer = await visitor.json(DELETE, { assetId: id });
      expect(answer.json).toMatchObject({
        message: 'File deleted.',
        modelName: 'asset',
        modelId: id,
        asset: { id },
      });
      expect((await app.visitor().send(url)).status).toBe(404);
      await sweep();
      expect(await filesIn(folder)).toEqual([]);
      expect((await visitor.json(DELETE, { assetId: id })).status).toBe(404);
    });

    test('another’s takes deletePeerAssets', async () => {
      const { app, visitor, database } = await setUp();
      const { id } = await uploaded(visitor, pdf());
      const peer = await app.login(await app.user({ permissions: KEEPER }));
      expect((await peer.json(DELETE, { assetId: id })).status).toBe(403);
      expect((await app.visitor().json(DELETE, { assetId: id })).status).toBe(401);
      expect(await database.assets.find(id)).toBeDefined();
      const chief = await app.login(await app.user({ permissions: CHIEF }));
      expect((await chief.json(DELETE, { assetId: id })).status).toBe(200);
      expect(await database.assets.find(id)).toBeUndefined();
    });

    test('an id that is none is an error there', async () => {
      const { visitor } = await setUp();
      for (const assetId of [undefined, '', 'x', 1.5, {}, ['1']]) {
        const answer = await visitor.json(DELETE, { assetId });
        expect([answer.status, Object.keys(answer.json.errors)[0]]).toEqual([400, 'assetId']);
      }
      expect((await visitor.json(DELETE, { assetId: 2 ** 40 })).status).toBe(404);
    });

    test('a user who is gone leaves the files, which are nobody’s then', async () => {
      const { app, visitor, user, database } = await setUp();
      const { id, url } = await uploaded(visitor, pdf());
      const admin = await app.login(await app.user({ admin: true }), { elevated: true });
      expect((await admin.json('users/delete-user', { userId: user.id })).status).toBe(200);
      expect((await database.assets.find(id))?.uploaderId).toBeNull();
      expect((await app.visitor().send(url)).status).toBe(200);
    });
  });

  test('a photo can never be made of a file, nor a file of a photo (CVE-2025-68436)', async () => {
    const { app, visitor, user } = await setUp();
    const { id } = await uploaded(visitor, file(await jpeg(), 'a.jpg'));
    await visitor.json('users/save-user', { userId: user.id, photoId: id });
    expect((await app.site.services.database.users.find(user.id))?.photo).toBeNull();
    const photo = await visitor.upload('users/upload-user-photo', {
      userId: user.id,
      photo: file(await jpeg(), 'me.jpg'),
    });
    const found = await app.visitor().send(`/_portico/uploads/${photo.json.photoId}/photo.webp`);
    expect(found.status).toBe(404);
  });
});
