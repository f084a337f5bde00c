import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import type { FileStorage } from '../../src/files/file-storage.ts';
import { sweepFiles } from '../../src/files/file-sweeper.ts';
import { replacePhoto } from '../../src/users/photo/photo-rules.ts';
import type { UserPhoto } from '../../src/users/user.ts';
import { temporaryFolder } from '../files/folder.ts';
import { jpeg, pixelBomb, type Bytes } from '../files/pictures.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { describeSites, pageOf, type Answer, type TestSite, type Visitor } from '../support/site.ts';

const UPLOAD = 'users/upload-user-photo';
const DELETE = 'users/delete-user-photo';
const HOUR = 60 * 60;

const picture = (bytes: Bytes, name = 'me.jpg'): File => new File([bytes], name, { type: 'image/jpeg' });
const me = async (): Promise<File> => picture(await jpeg(60, 40));
const text = (content: string): Bytes => Uint8Array.from(Buffer.from(content));

async function photoOf({ site }: TestSite, user: { readonly id: number }): Promise<UserPhoto | null> {
  return (await site.services.database.users.find(user.id))?.photo ?? null;
}

/** A form with files as a browser posts it from a page, without JavaScript. */
async function postForm(
  visitor: Visitor,
  page: string,
  action: string,
  fields: Readonly<Record<string, string | File>>,
): Promise<Answer> {
  const body = new FormData();
  body.set('PORTICO_CSRF_TOKEN', await visitor.token());
  body.set('action', action);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return visitor.send(page, { method: 'POST', body, headers: { accept: 'text/html' } });
}

async function storedFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describeSites('photos of users', (open) => {
  /** A site with a signed-in user. */
  async function setUp(options: Parameters<typeof open>[0] = {}) {
    const folder = await temporaryFolder();
    const app = await open({ storage: createLocalStorage(folder), ...options });
    const user = await app.user({ firstName: 'Ada', fullName: 'Ada Lovelace' });
    const visitor = await app.login(user);
    const sweep = (): Promise<number> => sweepFiles(app.site.services, 100);
    return { app, folder, user, visitor, sweep };
  }

  describe('uploading', () => {
    test('one’s own photo answers with its tag, its id, its address and the user', async () => {
      const { app, user, visitor } = await setUp();
      const answer = await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const photo = await photoOf(app, user);
      expect(answer.status).toBe(200);
      expect(photo).toMatchObject({ width: 60, height: 40, mediaType: 'image/webp' });
      const photoUrl = `/_portico/photos/${photo?.id}.webp`;
      expect(answer.json).toMatchObject({
        html: `<img src="${photoUrl}" alt="Ada" width="60" height="40">`,
        photoId: photo?.id,
        photoUrl,
        message: 'Photo saved.',
        modelName: 'user',
        modelId: user.id,
        user: { id: user.id, email: user.email, photoId: photo?.id, photoUrl },
      });
      expect(answer.text).not.toMatch(/storageKey|passwordHash/);
    });

    test('a form without JavaScript says so and goes back to its page', async () => {
      const { app, user, visitor } = await setUp();
      const answer = await postForm(visitor, '/page/account', UPLOAD, {
        userId: String(user.id),
        photo: await me(),
      });
      expect([answer.status, answer.location]).toEqual([303, '/page/account']);
      expect(await photoOf(app, user)).toMatchObject({ width: 60 });
      const page = pageOf(await visitor.get('/page/account'));
      expect(page.flashes).toEqual({ notice: 'Photo saved.' });
      expect(page.user?.['photoUrl']).toBe(`/_portico/photos/${(await photoOf(app, user))?.id}.webp`);
    });

    test('takes a signed redirect and signed messages, as a form and as JSON', async () => {
      const { user, visitor } = await setUp(SIGNING);
      const userId = String(user.id);
      const { redirect = '' } = await signedBy(visitor, '/page/{username}');
      const { successMessage = '', failMessage = '' } = await signedBy(visitor, 'As you like it');
      const signed = { userId, redirect, successMessage, failMessage };
      const form = await postForm(visitor, '/page/account', UPLOAD, { ...signed, photo: await me() });
      expect([form.status, form.location]).toEqual([303, `/page/${user.username}`]);
      expect(pageOf(await visitor.get('/page')).flashes).toEqual({ notice: 'As you like it' });
      const good = await visitor.upload(UPLOAD, { ...signed, photo: await me() });
      expect(good.json).toMatchObject({ message: 'As you like it', redirect: `/page/${user.username}` });
      const bad = await visitor.upload(UPLOAD, signed);
      expect(bad.json).toMatchObject({ message: 'As you like it', error: 'As you like it' });
    });

    test('a guest’s form leads to the login', async () => {
      const { app, user } = await setUp();
      const fields = { userId: String(user.id), photo: await me() };
      const answer = await postForm(app.visitor(), '/page/members', UPLOAD, fields);
      expect([answer.status, answer.location]).toEqual([303, '/login']);
      expect(await photoOf(app, user)).toBeNull();
    });

    test('a name with markup in it comes out as text', async () => {
      const { app } = await setUp();
      const user = await app.user({ firstName: '"><script>alert(1)</script>' });
      const visitor = await app.login(user);
      const answer = await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      expect(answer.json.html).toContain('alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
      expect(answer.json.html.match(/</g)).toHaveLength(1);
    });

    test('what is stored is never named or shaped by the client', async () => {
      const { folder, user, visitor } = await setUp();
      const evil = picture(await jpeg(), '../../../evil.html');
      await visitor.upload(UPLOAD, { userId: user.id, photo: evil });
      const [name] = await storedFiles(folder);
      expect(name).toMatch(/^[0-9a-f-]{36}\.webp$/);
    });
  });

  describe('parameters', () => {
    test('a userId that is none is an error there, and the photo stays', async () => {
      const { app, user, visitor } = await setUp();
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const before = await photoOf(app, user);
      for (const fields of [{}, { userId: '' }, { userId: 'abc' }, { userId: '1.5' }]) {
        const uploaded = await visitor.upload(UPLOAD, { ...fields, photo: await me() });
        const deleted = await visitor.json(DELETE, fields);
        for (const { status, json } of [uploaded, deleted]) {
          expect([status, json.errors], JSON.stringify(fields)).toEqual([
            400,
            { userId: ['Say whose photo it is: the ID of a user.'] },
          ]);
        }
        expect(uploaded.json.message).toBe('Couldn’t save photo.');
        expect(deleted.json.message).toBe('Couldn’t delete photo.');
      }
      expect(await photoOf(app, user)).toEqual(before);
    });

    test('no file is an error at photo, never an empty success', async () => {
      const { app, user, visitor } = await setUp();
      const nothing: ReadonlyArray<Record<string, unknown>> = [
        {},
        { photo: new File([], '') },
        { photo: 'me.jpg' },
        // For users/save-user only.
        { photo: 'data:image/png;base64,AAAA' },
      ];
      for (const fields of nothing) {
        const { status, json } = await visitor.upload(UPLOAD, { userId: user.id, ...fields });
        expect([status, json.message, json.errors], JSON.stringify(fields)).toEqual([
          400,
          'Couldn’t save photo.',
          { photo: ['Choose a picture.'] },
        ]);
      }
      expect(await photoOf(app, user)).toBeNull();
    });

    test('a form without a file is shown again with the error beside the field', async () => {
      const { user, visitor } = await setUp();
      const answer = await postForm(visitor, '/page/account', UPLOAD, { userId: String(user.id) });
      expect(answer.status).toBe(422);
      const { variables, flashes } = pageOf(answer);
      expect(variables['errors']).toEqual({ photo: ['Choose a picture.'] });
      expect(flashes).toEqual({ error: 'Couldn’t save photo.' });
    });

    test('what is no picture is refused with the reason, and the photo stays', async () => {
      const { app, folder, user, visitor } = await setUp();
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const before = await photoOf(app, user);
      const half = (await jpeg(200, 200)).slice(0, 700);
      const refused: ReadonlyArray<readonly [Bytes, string]> = [
        [text('hello'), 'It is not a JPEG, PNG, WebP, GIF or AVIF picture.'],
        [text('<svg onload="alert(1)"/>'), 'It is not a JPEG, PNG, WebP, GIF or AVIF picture.'],
        [text('<!doctype html><script>x</script>'), 'It is not a JPEG, PNG, WebP, GIF or AVIF picture.'],
        [pixelBomb(), 'The picture is too large: 30000 × 30000 pixels, where 50 megapixels are the most.'],
        [half, 'The picture is damaged or not complete.'],
      ];
      for (const [bytes, reason] of refused) {
        const answer = await visitor.upload(UPLOAD, { userId: user.id, photo: picture(bytes) });
        const message = `There was an error uploading your photo: ${reason}`;
        expect(answer.status).toBe(400);
        expect(answer.json).toMatchObject({ message, error: message });
      }
      expect(await photoOf(app, user)).toEqual(before);
      expect(await storedFiles(folder)).toHaveLength(1);
    });

    test('on a page, the reason is the flash of that very page', async () => {
      const { user, visitor } = await setUp();
      const answer = await postForm(visitor, '/page/account', UPLOAD, {
        userId: String(user.id),
        photo: picture(text('hello')),
      });
      expect(answer.status).toBe(400);
      expect(pageOf(answer).flashes['error']).toBe(
        'There was an error uploading your photo: It is not a JPEG, PNG, WebP, GIF or AVIF picture.',
      );
    });

    test('a file over the limit is 413, and so is a second file', async () => {
      const { app, user, visitor } = await setUp({ photos: { maxBytes: 5_000 } });
      const large = picture(new Uint8Array(5_001));
      expect((await visitor.upload(UPLOAD, { userId: user.id, photo: large })).status).toBe(413);
      const two = await visitor.upload(UPLOAD, { userId: user.id, photo: await me(), other: await me() });
      expect(two.status).toBe(413);
      expect(await photoOf(app, user)).toBeNull();
    });

    test('files cannot be uploaded as JSON', async () => {
      const { user, visitor } = await setUp();
      const answer = await visitor.json(UPLOAD, { userId: user.id, photo: 'data:image/png;base64,AAAA' });
      expect(answer.status).toBe(415);
    });

    test('CVE-2025-68436: another user’s photo cannot be taken over by its id', async () => {
      const { app, folder, user, visitor, sweep } = await setUp();
      const victim = await app.user();
      const theirs = await app.login(victim);
      await theirs.upload(UPLOAD, { userId: victim.id, photo: await me() });
      const photo = await photoOf(app, victim);
      const stolen = {
        photoId: photo?.id,
        storageKey: photo?.storageKey,
        user: { photoId: photo?.id },
        fields: { photoId: photo?.id },
      };

      const without = await visitor.upload(UPLOAD, { userId: user.id, ...stolen, photo: photo?.id });
      expect([without.status, await photoOf(app, user)]).toEqual([400, null]);
      await visitor.upload(UPLOAD, { userId: user.id, ...stolen, photo: await me() });
      const own = await photoOf(app, user);
      expect(own?.id).not.toBe(photo?.id);
      expect(own?.storageKey).not.toBe(photo?.storageKey);
      await visitor.json(DELETE, { userId: user.id, ...stolen });

      await sweep();
      expect(await photoOf(app, victim)).toEqual(photo);
      expect(await storedFiles(folder)).toEqual([`${photo?.id}.webp`]);
    });
  });

  describe('who may', () => {
    test('no guest, and the body is not looked at', async () => {
      const { app, user } = await setUp();
      const guest = app.visitor();
      for (const fields of [{ userId: user.id }, {}]) {
        expect((await guest.upload(UPLOAD, { ...fields, photo: await me() })).status).toBe(401);
        expect((await guest.json(DELETE, fields)).status).toBe(401);
      }
      expect(await photoOf(app, user)).toBeNull();
    });

    test('nobody another’s without editUsers, and the answer does not tell whether there is such a user', async () => {
      const { app, visitor } = await setUp();
      const other = await app.user();
      const admin = await app.user({ admin: true });
      const answers = [];
      for (const userId of [other.id, admin.id, 999_999, 0, -1]) {
        answers.push(await visitor.upload(UPLOAD, { userId, photo: await me() }));
        answers.push(await visitor.json(DELETE, { userId }));
      }
      for (const { status, json } of answers) {
        expect(status).toBe(403);
        expect(json.message).toBe('User is not authorized to perform this action.');
      }
      const bodies = answers
        .filter((_, index) => index % 2 === 0)
        .map(({ json: { user: _, ...rest } }) => JSON.stringify(rest));
      expect(new Set(bodies).size).toBe(1);
      expect(await photoOf(app, other)).toBeNull();
    });

    test('with editUsers another’s, of whom only what is public is told', async () => {
      const { app } = await setUp();
      const other = await app.user({ firstName: 'Bo' });
      const editor = await app.login(await app.user({ permissions: ['viewusers', 'editusers'] }));
      const answer = await editor.upload(UPLOAD, { userId: other.id, photo: await me() });
      expect(answer.status).toBe(200);
      expect(answer.json.photoId).toBe((await photoOf(app, other))?.id);
      expect(answer.json.user).toMatchObject({ id: other.id, firstName: 'Bo' });
      expect(answer.text).not.toContain(other.email);
      expect((await editor.upload(UPLOAD, { userId: 999_999, photo: await me() })).status).toBe(404);
      expect((await editor.json(DELETE, { userId: 999_999 })).status).toBe(404);
      expect((await editor.json(DELETE, { userId: other.id })).status).toBe(200);
      expect(await photoOf(app, other)).toBeNull();
    });

    test('an administrator’s only administrators, and administrators themselves', async () => {
      const { app } = await setUp();
      const admin = await app.user({ admin: true });
      const editor = await app.login(await app.user({ permissions: ['viewusers', 'editusers'] }));
      for (const answer of [
        await editor.upload(UPLOAD, { userId: admin.id, photo: await me() }),
        await editor.json(DELETE, { userId: admin.id }),
      ]) {
        expect(answer.status).toBe(403);
        expect(answer.json.message).toBe('Only an administrator can change the photo of an administrator.');
      }
      expect(await photoOf(app, admin)).toBeNull();
      const self = await app.login(admin);
      expect((await self.upload(UPLOAD, { userId: admin.id, photo: await me() })).status).toBe(200);
      const colleague = await app.login(await app.user({ admin: true }));
      expect((await colleague.json(DELETE, { userId: admin.id })).status).toBe(200);
    });

    test('who loses the right while the picture is worked on, changes nothing', async () => {
      let meanwhile = async (): Promise<void> => undefined;
      const storage = createLocalStorage(await temporaryFolder());
      const slow: FileStorage = {
        ...storage,
        write: (key, bytes) => meanwhile().then(() => storage.write(key, bytes)),
      };
      const { app, user, visitor } = await setUp({ storage: slow });
      const { users } = app.site.services.database;
      const target = await app.user();
      const editor = await app.user({ permissions: ['viewusers', 'editusers'] });
      const edits = await app.login(editor);

      meanwhile = async () => void (await users.update(editor.id, { permissions: [] }, Date.now()));
      const demoted = await edits.upload(UPLOAD, { userId: target.id, photo: await me() });
      meanwhile = async () => void (await users.update(user.id, { endSessions: true }, Date.now()));
      const ended = await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });

      expect([demoted.status, ended.status]).toEqual([403, 401]);
      expect([await photoOf(app, target), await photoOf(app, user)]).toEqual([null, null]);
    });

    test('a request without a token is refused, and so is another verb', async () => {
      const { app, user, visitor } = await setUp();
      for (const action of [UPLOAD, DELETE]) {
        const forged = await visitor.upload(action, { userId: user.id, photo: await me() }, { csrf: false });
        expect([forged.status, forged.json.code]).toEqual([400, 'CSRF_FAILED']);
        const read = await visitor.read(action, { userId: String(user.id) });
        expect([read.status, read.headers.get('allow')]).toEqual([400, 'POST']);
      }
      expect(await photoOf(app, user)).toBeNull();
    });

    test('only so often from one address, and only so often by one user from whatever address', async () => {
      const { app, user, visitor } = await setUp({
        limits: { photo: { points: 2, seconds: HOUR } },
        portico: { trustedProxies: ['loopback'] },
      });
      const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
      const upload = (who: Visitor, id: number, address: string): Promise<Answer> =>
        me().then((photo) => who.upload(UPLOAD, { userId: id, photo }, from(address)));

      for (const address of ['192.0.2.1', '192.0.2.2'])
        expect((await upload(visitor, user.id, address)).status).toBe(200);
      const third = await upload(visitor, user.id, '192.0.2.3');
      expect(third.status).toBe(429);
      expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);

      for (const status of [200, 200, 429]) {
        const other = await app.user();
        const others = await app.login(other);
        expect((await upload(others, other.id, '192.0.2.4')).status).toBe(status);
      }
    });
  });

  describe('deleting', () => {
    test('answers with nothing in the photo’s place, and again if there is none', async () => {
      const { app, folder, user, visitor, sweep } = await setUp();
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      for (const answer of [
        await visitor.json(DELETE, { userId: user.id }),
        await visitor.upload(DELETE, { userId: user.id }),
      ]) {
        expect(answer.status).toBe(200);
        expect(answer.json).toMatchObject({
          html: '',
          photoId: null,
          photoUrl: null,
          message: 'Photo deleted.',
          modelName: 'user',
          user: { id: user.id, photoId: null, photoUrl: null },
        });
      }
      expect(await photoOf(app, user)).toBeNull();
      await sweep();
      expect(await storedFiles(folder)).toEqual([]);
    });

    test('works as a form without JavaScript', async () => {
      const { app, user, visitor } = await setUp();
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const answer = await visitor.form('/page/account', DELETE, { userId: user.id });
      expect([answer.status, answer.location]).toEqual([303, '/page/account']);
      expect(pageOf(await visitor.get('/page/account')).flashes).toEqual({ notice: 'Photo deleted.' });
      expect(await photoOf(app, user)).toBeNull();
    });
  });

  describe('files that nothing refers to', () => {
    test('replaced and deleted files do not linger', async () => {
      const { app, folder, user, visitor, sweep } = await setUp();
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const first = await photoOf(app, user);
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const second = await photoOf(app, user);
      expect(second?.id).not.toBe(first?.id);
      expect(await sweep()).toBe(1);
      expect(await storedFiles(folder)).toEqual([`${second?.id}.webp`]);
      app.clock.advance(2 * HOUR);
      expect(await sweep()).toBe(0);
      expect(await storedFiles(folder)).toEqual([`${second?.id}.webp`]);
    });

    test('two uploads at once leave one photo and one file', async () => {
      const { app, folder, user, visitor, sweep } = await setUp();
      const answers = await Promise.all(
        [1, 2, 3].map(async () => visitor.upload(UPLOAD, { userId: user.id, photo: await me() })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      await sweep();
      expect(await storedFiles(folder)).toEqual([`${(await photoOf(app, user))?.id}.webp`]);
    });

    test('what a crash left behind is gone after an hour', async () => {
      const { app, folder, sweep } = await setUp();
      await app.site.services.photos.prepare(await me());
      expect(await sweep()).toBe(0);
      expect(await storedFiles(folder)).toHaveLength(1);
      app.clock.advance(HOUR);
      expect(await sweep()).toBe(1);
      expect(await storedFiles(folder)).toEqual([]);
    });

    test('a photo that was swept before it was saved is not referred to', async () => {
      const { app, user, sweep } = await setUp();
      const { database, photos, now } = app.site.services;
      const late = await photos.prepare(await me());
      app.clock.advance(HOUR);
      await sweep();
      const saving = database.transaction(async (stores) => {
        const locked = await stores.users.lock(user.id);
        return locked && replacePhoto(stores, locked, late, now());
      });
      await expect(saving).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await photoOf(app, user)).toBeNull();
    });

    test('a storage that fails changes nothing, and tells the visitor nothing of itself', async () => {
      const folder = await temporaryFolder();
      const storage = createLocalStorage(folder);
      let isBroken = false;
      const { app, user, visitor, sweep } = await setUp({
        storage: {
          ...storage,
          async write(key, bytes) {
            if (isBroken) throw new Error(`EROFS: read-only file system ${join(folder, key)}`);
            return storage.write(key, bytes);
          },
        },
      });
      await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      const before = await photoOf(app, user);
      isBroken = true;
      const answer = await visitor.upload(UPLOAD, { userId: user.id, photo: await me() });
      expect(answer.status).toBe(500);
      expect(answer.text).not.toMatch(/EROFS|read-only/);
      expect(app.logs.join('\n')).toContain('EROFS');
      expect(await photoOf(app, user)).toEqual(before);
      app.clock.advance(HOUR);
      await sweep();
      expect(await storedFiles(folder)).toEqual([`${before?.id}.webp`]);
    });
  });

  describe('showing', () => {
    async function uploaded() {
      const set = await setUp();
      const answer = await set.visitor.upload(UPLOAD, { userId: set.user.id, photo: await me() });
      return { ...set, url: answer.json.photoUrl as string, id: answer.json.photoId as string };
    }

    test('to anybody with the address, as a picture and nothing else, to be kept for good', async () => {
      const { app, url, id } = await uploaded();
      const response = await fetch(app.origin + url);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-site',
        'content-disposition': 'inline; filename="photo.webp"',
        'cache-control': 'public, max-age=31536000, immutable',
        etag: `"${id}"`,
      });
      expect(response.headers.get('set-cookie')).toBeNull();
      const bytes = await response.bytes();
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 60, height: 40 });
    });

    test('not again to who has it', async () => {
      const { app, url, id } = await uploaded();
      const ask = (tags: string): Promise<Response> =>
        fetch(app.origin + url, { headers: { 'if-none-match': tags } });
      for (const tags of [`"${id}"`, `W/"${id}"`, `"other", "${id}"`, '*']) {
        const response = await ask(tags);
        expect([response.status, await response.text()], tags).toEqual([304, '']);
        expect(response.headers.get('etag')).toBe(`"${id}"`);
      }
      expect((await ask('"other"')).status).toBe(200);
    });

    test('HEAD has the headers without the picture', async () => {
      const { app, url } = await uploaded();
      const whole = await fetch(app.origin + url);
      const head = await fetch(app.origin + url, { method: 'HEAD' });
      expect([head.status, (await head.bytes()).length]).toEqual([200, 0]);
      expect(head.headers.get('content-length')).toBe(String((await whole.bytes()).length));
    });

    test('no more once it was deleted and swept, not even to who says he has it', async () => {
      const { app, user, visitor, sweep, url, id } = await uploaded();
      await visitor.json(DELETE, { userId: user.id });
      await sweep();
      expect((await fetch(app.origin + url)).status).toBe(404);
      const known = await fetch(app.origin + url, { headers: { 'if-none-match': `"${id}"` } });
      expect(known.status).toBe(404);
    });

    test('under no other name, and nothing else', async () => {
      const { app, id } = await uploaded();
      for (const name of [
        '00000000-0000-4000-8000-000000000000.webp',
        id,
        `${id}.png`,
        `${id}.webp.webp`,
        `${id}.webp%00`,
        `${id}.webp%2F..%2F..`,
        `${id.toUpperCase()}.webp`,
        '..%2F..%2F..%2Fetc%2Fpasswd',
        `..%2Fphotos%2F${id}.webp`,
        '%2Fetc%2Fpasswd',
      ]) {
        const response = await fetch(`${app.origin}/_portico/photos/${name}`);
        expect(response.status, name).toBe(404);
        expect(response.headers.get('cache-control')).not.toMatch(/public/);
      }
    });

    test('a typed call gets no file, and no error of ours', async () => {
      const { app, id } = await uploaded();
      const response = await fetch(`${app.origin}/_actions/users.userPhoto?photo=${id}.webp`);
      expect(response.status).toBe(404);
      expect(app.logs).toEqual([]);
    });
  });
});
