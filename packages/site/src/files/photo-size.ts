import { PhotoError } from './photos.ts';

/** Throws `PhotoError` for a file that is larger than the site takes. */
export function checkPhotoSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const megabytes = Math.floor((maxBytes / 1_048_576) * 100) / 100;
  throw new PhotoError(`The file is too large: ${megabytes} MB are the most.`);
}
