import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { Visitor, type Page } from './visitor.ts';

const site = useSite();
let member: Visitor;
beforeAll(async () => {
  member = await site.member();
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(
  visitor: Visitor,
  content: Uint8Array,
  name: string,
  type: string,
  headers?: Record<string, string>,
): Promise<Page> {
  const form = new FormData();
  form.set('PORTICO_CSRF_TOKEN', await visitor.token());
  form.set('caption', 'A jug <from> the side');
  form.set('picture', new File([content as Uint8Array<ArrayBuffer>], name, { type }));
  return visitor.post('/gallery?_action=gallery.upload', form, headers);
}

function stored(): string[] {
  return readdirSync(join(site.dataFolder, 'uploads'));
}

describe('the gallery', () => {
  test('a picture is kept under a random name and served as what it is', async () => {
    const answer = await upload(member, PNG, '../../etc/passwd.html', 'image/png');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/gallery');
    const page = await member.get('/gallery');
    expect(page.body).toContain('alt="A jug &lt;from&gt; the side"');
    const url = /src="(\/uploads\/[^"]+)"/.exec(page.body)?.[1] ?? '';
    expect(url).toMatch(/^\/uploads\/[\w-]{22}\.png$/);

    const picture = await member.get(url);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(picture.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(picture.headers.get('content-disposition')).toMatch(/^inline; filename="[\w-]{22}\.png"$/);
    expect(Number(picture.headers.get('content-length'))).toBe(PNG.length);
  });

  test.each([
    ['a page that calls itself a picture', '<!doctype html><script>alert(1)</script>', 'image/png'],
    [
      'a drawing with scripts',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'image/svg+xml',
    ],
    ['nothing', '', 'image/png'],
  ])('%s is refused and leaves no file', async (_what, content, type) => {
    const before = stored();
    const page = await upload(member, Buffer.from(content), 'picture.png', type);
    expect(page.status).toBe(422);
    expect(page.body).toContain('A jug &lt;from&gt; the side');
    expect(stored()).toEqual(before);
  });

  test('the type is found in the bytes, not in what the visitor says', async () => {
    await upload(member, Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(20)]), 'x.jpg', 'image/jpeg');
    expect(stored().some((name) => name.endsWith('.gif'))).toBe(true);
    expect(stored().some((name) => name.endsWith('.jpg'))).toBe(false);
  });

  test('one that is too large is refused with 413 and leaves no file', async () => {
    const before = stored();
    const page = await upload(
      member,
      Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]),
      'large.png',
      'image/png',
      {
        accept: 'application/json',
      },
    );
    expect(page.status).toBe(413);
    expect(stored()).toEqual(before);
  });

  test('guests look, and hang nothing', async () => {
    const guest = new Visitor(site.url);
    expect((await guest.get('/gallery')).body).not.toContain('type="file"');
    const before = stored();
    expect((await upload(guest, PNG, 'x.png', 'image/png')).status).toBe(401);
    expect(stored()).toEqual(before);
  });

  test.each(['/uploads/../community.db', '/uploads/%2e%2e%2fsecret', '/uploads/secret', '/uploads/a.png'])(
    '%s is not there',
    async (path) => {
      expect((await member.get(path)).status).toBe(404);
    },
  );
});
