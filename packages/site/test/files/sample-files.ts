import type { Bytes } from './pictures.ts';

/** The least that a file of each type begins with. */

const latin1 = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'latin1'));

/** A ZIP file with one stored file, as far as its local header (APPNOTE 4.3.7). */
export function zipOf(name: string, content = ''): Bytes {
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 0, 'latin1');
  head.writeUInt32LE(content.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Uint8Array.from(
    Buffer.concat([head, Buffer.from(name + content, 'latin1'), Buffer.from('PK\x01\x02')]),
  );
}

/** A file of the ISO base media family, of a brand. */
export const ftyp = (brand: string): Bytes => latin1(`\0\0\0\x18ftyp${brand}\0\0\x02\0isomiso2`);

const frame = latin1(`\xFF\xFB\x90\x64${'\0'.repeat(413)}`);
/** Two frames of 128 kbit/s at 44.1 kHz, 417 bytes each. */
export const MP3_FRAMES: Bytes = Uint8Array.from([...frame, ...frame]);

const openDocument = (type: string): Bytes => zipOf('mimetype', `application/vnd.oasis.opendocument.${type}`);
const office = zipOf('[Content_Types].xml', '-');

export const PDF: Bytes = latin1('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n%%EOF\n');

export const FILES = {
  png: latin1('\x89PNG\r\n\x1A\n'),
  jpg: latin1('\xFF\xD8\xFF\xE0'),
  pdf: PDF,
  rtf: latin1('{\\rtf1\\ansi a}'),
  docx: office,
  xlsx: office,
  pptx: office,
  odt: openDocument('text'),
  ods: openDocument('spreadsheet'),
  odp: openDocument('presentation'),
  zip: zipOf('a.txt', 'a'),
  gz: latin1('\x1F\x8B\x08\0\0\0\0\0'),
  '7z': latin1("7z\xBC\xAF'\x1C\0\x04"),
  mp3: MP3_FRAMES,
  ogg: latin1(`OggS\0\x02${'\0'.repeat(22)}\x01vorbis`),
  wav: latin1('RIFF\x24\0\0\0WAVEfmt '),
  flac: latin1('fLaC\0\0\0\x22'),
  m4a: ftyp('M4A '),
  mp4: ftyp('mp42'),
  mov: ftyp('qt  '),
  webm: latin1('\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm'),
  txt: latin1('Hello'),
  md: latin1('# Hello'),
  csv: latin1('a,b\n1,2'),
  json: latin1('{}'),
  vtt: latin1('WEBVTT'),
} as const satisfies Readonly<Record<string, Bytes>>;
