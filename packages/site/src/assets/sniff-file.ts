import { imageTypeOf } from '../files/image-type.ts';
import {
  FLAC,
  GZIP,
  M4A,
  MOV,
  MP3,
  MP4,
  OFFICE,
  OGG_AUDIO,
  OPEN_DOCUMENT,
  PDF,
  PICTURE,
  RTF,
  SEVEN_ZIP,
  TEXTS,
  WAV,
  WEBM,
  ZIP,
  type FileType,
} from './file-type.ts';
import { isMp3Start } from './mp3-frame.ts';
import { looksLikeText } from './plain-text.ts';

/** Bytes at both ends of a file that tell what it is. Of a file that is no longer, `head` is all of it, and so is `tail`. */
export interface FileEnds {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** How many bytes of each end are looked at. The list of files at the end of a ZIP file mostly fits in. */
export const END_BYTES = 65_536;

/**
 * What a file may be by its bytes, whatever its name and media type say, likeliest first; none for everything that is not
 * taken: markup (HTML, SVG, XML), programs and scripts, what is unknown. Of plain text only the head was seen.
 */
export function fileTypesOf({ head, tail }: FileEnds): readonly FileType[] {
  const start = latin1(head.subarray(0, 4096));
  if (imageTypeOf(head) !== undefined) return [PICTURE];
  if (start.startsWith('%PDF-')) return [PDF];
  if (start.startsWith('{\\rtf')) return [RTF];
  if (start.startsWith('PK\x03\x04')) return zipTypes(start, head, tail);
  if (start.startsWith('\x1F\x8B\x08')) return [GZIP];
  if (start.startsWith("7z\xBC\xAF'\x1C")) return [SEVEN_ZIP];
  if (start.startsWith('OggS\0')) return start.includes('\x80theora') ? [] : [OGG_AUDIO];
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WAVE') return [WAV];
  if (start.startsWith('fLaC\0')) return [FLAC];
  if (start.startsWith('ID3') || isMp3Start(head)) return [MP3];
  if (start.slice(4, 8) === 'ftyp') return mediaTypes(start.slice(8, 12));
  // The EBML head says what it is the head of (RFC 8794 section 11.2.5).
  if (start.startsWith('\x1A\x45\xDF\xA3'))
    return start.slice(0, 128).includes('\x42\x82\x84webm') ? [WEBM] : [];
  return looksLikeText(head) ? TEXTS : [];
}

/** APPNOTE 4.3.7: the name of the first file begins at byte 30. */
function zipTypes(start: string, head: Uint8Array, tail: Uint8Array): readonly FileType[] {
  if (start.startsWith('mimetype', 30)) {
    return OPEN_DOCUMENT.filter(({ mediaType }) => {
      const after = 38 + mediaType.length;
      // No longer name goes on from there: templates and masters are other types.
      return start.startsWith(mediaType, 38) && !/[a-z-]/.test(start.charAt(after));
    });
  }
  const isOffice = [head, tail].some((bytes) => latin1(bytes).includes('[Content_Types].xml'));
  return isOffice ? [ZIP, ...OFFICE] : [ZIP];
}

/** By the main brand (ISO/IEC 14496-12 section 4.3). HEIC counts as a picture, whose decoder then says no. */
function mediaTypes(brand: string): readonly FileType[] {
  if (/^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)) return [PICTURE];
  if (/^(?:M4A |M4B )$/.test(brand)) return [M4A];
  if (brand === 'qt  ') return [MOV];
  return /^(?:isom|iso\d|mp4[12]|avc1|M4V |dash|mmp4|MSNV)$/.test(brand) ? [MP4, M4A] : [];
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
