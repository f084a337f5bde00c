import { IMAGE_TYPES } from '../../files/image-type.ts';
import { checkPhotoSize } from '../../files/photo-size.ts';
import { PhotoError } from '../../files/photos.ts';
import { inputErrors } from '../../lib/input-errors.ts';

const DATA_URI = /^data:image\/(?:jpeg|jpg|png|webp|gif|avif);base64,/i;

/**
 * The picture in a form's field `photo`: a file, or the `{ data: 'data:image/png;base64,…', filename }` that scripts send
 * for what they cut out on a canvas (RFC 2397, with RFC 4648's base64 to the letter). `undefined` where none was chosen.
 *
 * `maxBytes` is judged before anything is decoded. Throws an input error at `photo`. Whether it is a picture is seen later,
 * by its bytes; what it is called does not matter.
 */
export function photoFromPost(photo: unknown, maxBytes: number): File | undefined {
  if (photo === undefined || photo === null || photo === '') return undefined;
  try {
    if (photo instanceof File) {
      checkPhotoSize(photo.size, maxBytes);
      return photo;
    }
    const data = isRecord(photo) ? photo['data'] : photo;
    if (data === undefined || data === null || data === '') return undefined;
    return new File([decoded(data, maxBytes)], 'photo');
  } catch (error) {
    if (error instanceof PhotoError) throw inputErrors({ photo: error.message });
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decoded(data: unknown, maxBytes: number): Uint8Array<ArrayBuffer> {
  const start = typeof data === 'string' ? DATA_URI.exec(data.slice(0, 64))?.[0] : undefined;
  if (typeof data !== 'string' || start === undefined) {
    throw new PhotoError(`Send a ${IMAGE_TYPES.names} picture, as a file or as a data URL in base64.`);
  }
  checkPhotoSize(Math.floor((data.length - start.length) / 4) * 3 - 2, maxBytes);
  const base64 = data.slice(start.length);
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    throw new PhotoError('The data URL of the picture is damaged: what follows "base64," is not base64.');
  }
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  checkPhotoSize(bytes.length, maxBytes);
  return bytes;
}
