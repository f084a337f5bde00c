import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeImage } from '../../src/files/image.ts';
import { imageTypeOf } from '../../src/files/image-type.ts';
import { PhotoError } from '../../src/files/photos.ts';
import { colourAt, jpeg, pixelBomb, png, pngHeader, redBlue, withSegment } from './pictures.ts';

const limits = { maxPixels: 1_000_000, maxSide: 100 };
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await encodeImage(bytes, limits).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PhotoError);
  return (error as PhotoError).message;
}

describe('what comes out', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    '%s becomes WebP of the same picture',
    async (type) => {
      const image = await encodeImage(await redBlue(60, 40).toFormat(type).toBuffer(), limits);
      expect(imageTypeOf(image.bytes)).toBe('webp');
      expect(image).toMatchObject({ mediaType: 'image/webp', width: 60, height: 40 });
      expect(await sharp(image.bytes).metadata()).toMatchObject({ width: 60, height: 40, format: 'webp' });
      expect(await colourAt(image.bytes, 5, 20)).toBe('red');
      expect(await colourAt(image.bytes, 55, 20)).toBe('blue');
    },
  );

  test.each([
    [400, 200, 100, 50],
    [200, 400, 50, 100],
    [30, 20, 30, 20],
    [5_000, 1, 100, 1],
  ])('%i × %i comes down to %i × %i, and nothing is enlarged', async (width, height, outWidth, outHeight) => {
    const image = await encodeImage(await redBlue(width, height).png().toBuffer(), limits);
    expect([image.width, image.height]).toEqual([outWidth, outHeight]);
  });

  test('transparency stays', async () => {
    const clear = sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } });
    const image = await encodeImage(await clear.png().toBuffer(), limits);
    expect((await sharp(image.bytes).metadata()).hasAlpha).toBe(true);
  });

  test('a picture shot with the camera turned (EXIF orientation 6) comes out upright, without the note', async () => {
    const turned = await redBlue(60, 40).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer();
    const image = await encodeImage(turned, limits);
    expect([image.width, image.height]).toEqual([40, 60]);
    // Turned by a quarter clockwise, what was left is on top.
    expect(await colourAt(image.bytes, 20, 5)).toBe('red');
    expect(await colourAt(image.bytes, 20, 55)).toBe('blue');
    expect((await sharp(image.bytes).metadata()).orientation).toBeUndefined();
  });

  test('of an animation the first frame stays', async () => {
    const frames = Buffer.concat([
      Buffer.alloc(20 * 20 * 3, '\xFF\x00\x00', 'latin1'),
      Buffer.alloc(20 * 20 * 3, '\x00\x00\xFF', 'latin1'),
    ]);
    const raw = { width: 20, height: 40, channels: 3, pageHeight: 20 } as const;
    const animation = await sharp(frames, { raw })
      .gif({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const image = await encodeImage(animation, limits);
    expect([image.width, image.height]).toEqual([20, 20]);
    expect(await colourAt(image.bytes, 10, 10)).toBe('red');
    expect((await sharp(image.bytes).metadata()).pages).toBeUndefined();
  });
});

describe('what does not come out', () => {
  test('where and by whom it was shot', async () => {
    const shot = await redBlue(60, 40)
      .withExif({
        IFD0: { Artist: 'Jane Doe', Copyright: 'Jane Doe' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '51/1 30/1 0/1',
          GPSLongitudeRef: 'W',
          GPSLongitude: '0/1 7/1 0/1',
        },
      })
      .jpeg()
      .toBuffer();
    expect(latin1(shot)).toContain('Jane Doe');
    const image = await encodeImage(shot, limits);
    const { exif, xmp, iptc, icc } = await sharp(image.bytes).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({
      exif: undefined,
      xmp: undefined,
      iptc: undefined,
      icc: undefined,
    });
    expect(latin1(image.bytes)).not.toContain('Jane Doe');
  });

  test('a colour profile: what it says of the colours is applied', async () => {
    const wide = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    expect((await sharp(wide).metadata()).hasProfile).toBe(true);
    const image = await encodeImage(wide, limits);
    const { hasProfile, space } = await sharp(image.bytes).metadata();
    expect({ hasProfile, space }).toEqual({ hasProfile: false, space: 'srgb' });
    // In the profile's own numbers this red is 234, 51, 35.
    const [red = 0, green = 255] = await sharp(image.bytes).raw().toBuffer();
    expect([red > 250, green < 10]).toEqual([true, true]);
  });

  test.each(['cmyk', 'b-w', 'rgb16'] as const)('another colour space: %s becomes sRGB', async (space) => {
    const picture = redBlue(20, 20).toColourspace(space);
    const bytes = space === 'cmyk' ? await picture.jpeg().toBuffer() : await picture.png().toBuffer();
    const image = await encodeImage(bytes, limits);
    expect((await sharp(image.bytes).metadata()).space).toBe('srgb');
  });

  test('a broken colour profile, and the picture is taken all the same', async () => {
    const broken = withSegment(await jpeg(), 0xe2, `ICC_PROFILE\0\x01\x01${'A'.repeat(200)}`);
    const image = await encodeImage(broken, limits);
    expect(latin1(image.bytes)).not.toContain('ICC');
  });

  test('the texts of a PNG', async () => {
    const pixels = Buffer.alloc(9 * 8);
    const picture = png(
      pngHeader(8, 8),
      ['tEXt', text('Comment\0<script>alert(1)</script>')],
      ['IDAT', deflateSync(pixels)],
      ['IEND', new Uint8Array()],
    );
    const image = await encodeImage(picture, limits);
    expect(latin1(image.bytes)).not.toMatch(/script|tEXt|Comment/);
  });

  test('a page hidden in a JPEG, in a comment and behind its end', async () => {
    const page = '<!doctype html><script>alert(document.cookie)</script><?php system($_GET["c"]); ?>';
    const commented = withSegment(await jpeg(), 0xfe, page);
    const polyglot = Buffer.concat([commented, Buffer.from(page.repeat(20))]);
    const image = await encodeImage(polyglot, limits);
    expect(imageTypeOf(image.bytes)).toBe('webp');
    expect(latin1(image.bytes)).not.toMatch(/html|script|php|system/i);
    expect(image.bytes.length).toBeLessThan(polyglot.length);
  });

  test('what a phone writes between two segments, which decoders only warn of', async () => {
    const picture = await jpeg();
    const odd = Buffer.concat([picture.subarray(0, 20), Buffer.from('stray bytes'), picture.subarray(20)]);
    const image = await encodeImage(odd, limits);
    expect(latin1(image.bytes)).not.toContain('stray');
  });
});

describe('what is refused', () => {
  const notTaken = 'It is not a JPEG, PNG, WebP, GIF or AVIF picture.';

  test.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['SVG', () => text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['SVG after a declaration', () => text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['HTML', () => text('<!doctype html><script>alert(1)</script>')],
    ['PDF', () => text('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')],
    ['TIFF', () => redBlue(8, 8).tiff().toBuffer()],
    ['HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['a film', () => Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomavc1', 'latin1')],
    ['sound in a RIFF', () => Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1')],
    ['a ZIP', () => Buffer.from('PK\x03\x04', 'latin1')],
    ['a page before a picture', async () => Buffer.concat([text('<html>'), await jpeg()])],
    ['a text', () => text('not a picture')],
    ['one byte', () => Uint8Array.of(0xff)],
    ['random bytes', () => Buffer.concat([Uint8Array.of(1), randomBytes(5_000)])],
  ])('%s', async (_, make) => {
    expect(await refusal(await make())).toBe(notTaken);
  });

  test('an empty file', async () => {
    expect(await refusal(new Uint8Array())).toBe('The file is empty.');
  });

  test('a few bytes that say they are 900 million pixels, before one is decoded', async () => {
    const bomb = pixelBomb();
    expect(bomb.length).toBeLessThan(1_000);
    expect(await refusal(bomb)).toBe(
      'The picture is too large: 30000 × 30000 pixels, where 1 megapixels are the most.',
    );
  });

  test('one pixel more than allowed, and not one less', async () => {
    const picture = await redBlue(20, 10).png().toBuffer();
    await expect(encodeImage(picture, { maxPixels: 199, maxSide: 100 })).rejects.toThrow(PhotoError);
    expect(await encodeImage(picture, { maxPixels: 200, maxSide: 100 })).toMatchObject({ width: 20 });
  });

  test('a header that promises more than the file keeps', async () => {
    const bomb = png(
      pngHeader(900, 900),
      ['IDAT', deflateSync(Buffer.alloc(100))],
      ['IEND', new Uint8Array()],
    );
    expect(await refusal(bomb)).toBe('The picture is damaged or not complete.');
  });

  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('a %s that was cut off', async (type) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const picture = await sharp({
      create: { width: 200, height: 200, channels: 3, background: '#888', noise },
    })
      .toFormat(type)
      .toBuffer();
    for (const part of [0.2, 0.6, 0.9]) {
      expect(await refusal(picture.subarray(0, Math.floor(picture.length * part)))).toMatch(
        /damaged or not complete/,
      );
    }
  });

  test.each([
    ['jpeg', '\xFF\xD8\xFF'],
    ['png', '\x89PNG\r\n\x1A\n'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['avif', '\0\0\0\x18ftypavif\0\0\0\0mif1avif'],
  ])('the first bytes of a %s with random ones behind them', async (_, start) => {
    const bytes = Buffer.concat([Buffer.from(start, 'latin1'), Buffer.from('A<svg>'.repeat(200))]);
    expect(await refusal(bytes)).toMatch(/damaged or not complete/);
  });

  test('whatever bytes come, it is a picture of ours or a PhotoError', async () => {
    const seed = await jpeg(16, 16);
    const mutation = fc.record({
      at: fc.nat({ max: seed.length - 1 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 5 }), async (mutations) => {
        const bytes = Buffer.from(seed);
        for (const { at, bytes: other } of mutations) bytes.set(other.subarray(0, bytes.length - at), at);
        const result = await encodeImage(bytes, limits).catch((error: unknown) => error);
        if (result instanceof PhotoError) return;
        expect(imageTypeOf((result as { bytes: Uint8Array }).bytes)).toBe('webp');
      }),
      { numRuns: 50 },
    );
  });
});
