/** The kinds of pictures that are taken, by the name sharp has for their decoder. */
export type ImageType = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif';

/** Names the kinds for people, and as a file input's `accept` wants them. */
export const IMAGE_TYPES = {
  names: 'JPEG, PNG, WebP, GIF or AVIF',
  accept: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'],
} as const;

/**
 * What a file is by its first bytes, whatever its name and media type say: WHATWG MIME Sniffing section 6.1, and for AVIF
 * the brands of ISO/IEC 14496-12 section 4.3. `undefined` for everything that is not taken, HEIC, TIFF and SVG among them.
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  if (start.startsWith('\xFF\xD8\xFF')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1A\n')) return 'png';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  if (start.startsWith('RIFF') && start.slice(8, 14) === 'WEBPVP') return 'webp';
  return isAvif(start) ? 'heif' : undefined;
}

/** The `ftyp` box: its size, its name, the main brand, a version, the compatible brands. */
function isAvif(start: string): boolean {
  if (start.slice(4, 8) !== 'ftyp') return false;
  const size =
    (start.charCodeAt(0) << 24) |
    (start.charCodeAt(1) << 16) |
    (start.charCodeAt(2) << 8) |
    start.charCodeAt(3);
  const brands = [start.slice(8, 12)];
  for (let at = 16; at + 4 <= Math.min(size, start.length); at += 4) brands.push(start.slice(at, at + 4));
  return brands.includes('avif') || brands.includes('avis');
}
