import type { Sharp } from 'sharp';
import { IMAGE_TYPES, imageTypeOf } from './image-type.ts';
import { PhotoError } from './photos.ts';

export interface ImageLimits {
  /** Width times height that a picture may say it has. */
  readonly maxPixels: number;
  /** The longer side of what comes out, in pixels. */
  readonly maxSide: number;
}

/** A WebP picture that holds pixels and nothing else. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/webp';
  readonly width: number;
  readonly height: number;
}

// The format has 14 bits for a side.
const WEBP_MAX_SIDE = 16_383;
const TIMEOUT_SECONDS = 30;

/**
 * Makes a picture anew of a picture: its first frame, upright, in sRGB, at most `maxSide` long, as WebP without a byte of
 * what else was in the file (place and time of the shot, texts, thumbnails, colour profiles, scripts behind the end).
 *
 * Throws `PhotoError` with a sentence for people: no picture of a kind that is taken, more pixels than allowed (before any
 * is decoded), damaged, cut off, too slow.
 */
export async function encodeImage(bytes: Uint8Array, limits: ImageLimits): Promise<EncodedImage> {
  if (bytes.length === 0) throw new PhotoError('The file is empty.');
  const type = imageTypeOf(bytes);
  if (type === undefined) throw new PhotoError(`It is not a ${IMAGE_TYPES.names} picture.`);
  const { default: sharp } = await import('sharp');

  const declared = await readable(sharp(bytes, { limitInputPixels: false }).metadata());
  // Two decoders that disagree on what a file is are how polyglots get through.
  if (declared.format !== type) throw new PhotoError(`It is not a ${IMAGE_TYPES.names} picture.`);
  if (declared.width * declared.height > limits.maxPixels) throw tooManyPixels(declared, limits.maxPixels);

  const maxSide = Math.min(limits.maxSide, WEBP_MAX_SIDE);
  const picture: Sharp = sharp(bytes, {
    limitInputPixels: limits.maxPixels,
    autoOrient: true,
    // 'warning' also refuses what some phones write (stray bytes between segments) and every browser shows.
    failOn: 'error',
  });
  const { data, info } = await readable(
    picture
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 82 })
      .timeout({ seconds: TIMEOUT_SECONDS })
      .toBuffer({ resolveWithObject: true }),
  );
  return { bytes: data, mediaType: 'image/webp', width: info.width, height: info.height };
}

/** What the library says of a file it cannot read is for developers: it goes along as the cause. */
async function readable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const isSlow = cause instanceof Error && /timeout/i.test(cause.message);
    const message = isSlow
      ? 'The picture takes too long to read. Save it smaller and try again.'
      : 'The picture is damaged or not complete.';
    throw new PhotoError(message, { cause });
  }
}

function tooManyPixels(
  size: { readonly width: number; readonly height: number },
  maxPixels: number,
): PhotoError {
  const megapixels = Math.floor(maxPixels / 100_000) / 10;
  return new PhotoError(
    `The picture is too large: ${size.width} × ${size.height} pixels, where ${megapixels} megapixels are the most.`,
  );
}
