import { isInputError } from 'portico';
import { describe, expect, test } from 'vitest';
import { photoFromPost } from '../../src/users/photo/posted-photo.ts';

const MAX = 1_000;
const base64 = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

function refusal(photo: unknown): string | undefined {
  try {
    photoFromPost(photo, MAX);
  } catch (error) {
    return isInputError(error)
      ? (error as { fields: Record<string, string[]> }).fields['photo']?.[0]
      : String(error);
  }
  return undefined;
}

describe('a posted photo', () => {
  test('is the file that was chosen', () => {
    const file = new File(['x'], 'me.png');
    expect(photoFromPost(file, MAX)).toBe(file);
  });

  test.each([undefined, null, '', { data: '', filename: '' }, { data: null }, { filename: 'me.png' }])(
    '%j is none',
    (photo) => expect(photoFromPost(photo, MAX)).toBeUndefined(),
  );

  test.each(['jpeg', 'jpg', 'png', 'webp', 'gif', 'avif', 'PNG'])(
    'may be a data URL of image/%s',
    async (type) => {
      for (const bytes of [1, 2, 3, 1_000]) {
        const file = photoFromPost(
          { data: `data:image/${type};base64,${base64(bytes)}`, filename: '../x.svg' },
          MAX,
        );
        expect(await file?.bytes()).toEqual(new Uint8Array(bytes).fill(7));
        expect(file?.name).toBe('photo');
      }
    },
  );

  test.each([
    ['SVG', `data:image/svg+xml;base64,${base64(9)}`],
    ['HTML', `data:text/html;base64,${base64(9)}`],
    ['no base64', 'data:image/png,abc'],
    ['parameters', `data:image/png;charset=utf-8;base64,${base64(9)}`],
    ['a web address', 'https://example.com/me.png'],
    ['a file address', 'file:///etc/passwd'],
    ['a path', '/etc/passwd'],
    ['the id of a photo', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['a number', 12],
    ['a list', ['x']],
  ])('is no data URL: %s', (_, data) => {
    expect(refusal({ data, filename: 'me.png' })).toBe(
      'Send a JPEG, PNG, WebP, GIF or AVIF picture, as a file or as a data URL in base64.',
    );
  });

  test.each([
    '',
    'A',
    'AA',
    'AAA',
    'AAA=A',
    'AA==AA==',
    'AAAA\n',
    'AA A',
    'AA-_',
    '====',
    'AAAAA===',
    'AAAA%3D',
  ])('the base64 %j is damaged', (content) =>
    expect(refusal({ data: `data:image/png;base64,${content}` })).toMatch(/is damaged/),
  );

  test('a file over the limit is refused, and one byte less is not', () => {
    expect(refusal(new File([new Uint8Array(1_001)], 'me.png'))).toMatch(/^The file is too large/);
    expect(refusal({ data: `data:image/png;base64,${base64(1_001)}` })).toMatch(/^The file is too large/);
    expect(refusal({ data: `data:image/png;base64,${base64(1_000)}` })).toBeUndefined();
  });

  test('is judged by its length before it is decoded', () => {
    expect(refusal({ data: `data:image/png;base64,${'*'.repeat(5_000)}` })).toMatch(/^The file is too large/);
  });
});
