import { describe, expect, test } from 'vitest';
import { FILE_TYPES } from '../../src/assets/file-type.ts';
import { isTextToItsEnd, looksLikeText } from '../../src/assets/plain-text.ts';
import { fileTypesOf } from '../../src/assets/sniff-file.ts';
import { FILES, MP3_FRAMES, ftyp, zipOf } from '../files/sample-files.ts';

const sniff = (bytes: Uint8Array): string[] => {
  const types = fileTypesOf({ head: bytes.subarray(0, 65_536), tail: bytes.subarray(-65_536) });
  return types.map(({ extensions }) => extensions[0] ?? '');
};
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('what a file is by its bytes', () => {
  test.each(Object.entries(FILES))('%s', (extension, bytes) => {
    const types = fileTypesOf({ head: bytes, tail: bytes });
    expect(types.find((type) => type.extensions.includes(extension))).toBeDefined();
  });

  test('every type has a sample here', () => {
    const extensions = Object.keys(FILES);
    const without = FILE_TYPES.filter((type) => !type.extensions.some((each) => extensions.includes(each)));
    expect(without).toEqual([]);
  });

  test.each<[string, Uint8Array, string[]]>([
    ['a ZIP file is no office document', zipOf('notes/a.txt'), ['zip']],
    ['an office document may also pass for a ZIP file', FILES['docx'], ['zip', 'docx', 'xlsx', 'pptx']],
    ['an office document is known by the end of a large one', large(), ['zip', 'docx', 'xlsx', 'pptx']],
    ['OpenDocument says which', FILES['ods'], ['ods']],
    [
      'a template of OpenDocument is another type',
      zipOf('mimetype', 'application/vnd.oasis.opendocument.text-template'),
      [],
    ],
    ['EPUB is not taken', zipOf('mimetype', 'application/epub+zip'), []],
    ['MP4 may be sound alone', ftyp('isom'), ['mp4', 'm4a']],
    ['HEIC counts as a picture', ftyp('heic'), ['webp']],
    ['3GP is not taken', ftyp('3gp4'), []],
    ['Matroska is not taken', latin1('\x1A\x45\xDF\xA3\x93\x42\x82\x88matroska'), []],
    ['Ogg video is not taken', latin1(`OggS\0${'\0'.repeat(24)}\x80theora`), []],
    ['one frame of MP3 could be chance', MP3_FRAMES.subarray(0, 10), []],
    ['nothing', new Uint8Array(), []],
  ])('%s', (_name, bytes, expected) => {
    expect(sniff(bytes)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['HTML', '<!DOCTYPE html><title>x</title>'],
    ['HTML after blanks', '\n\t  <html>'],
    ['HTML after a byte order mark', '\xEF\xBB\xBF<script>alert(1)</script>'],
    ['HTML after a comment', '<!-- x --><script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['XML', '<?xml version="1.0"?><svg/>'],
    ['PHP', '<?php system($_GET["x"]);'],
    ['an ASP page', '<%= x %>'],
    ['a closing tag', '</script><script>'],
    ['a script of a shell', '#!/bin/sh\nrm -rf /'],
    ['a program of Windows', 'MZ\x90\0\x03\0\0\0'],
    ['a program of Linux', '\x7FELF\x02\x01\x01\0'],
    ['a program of macOS', '\xCF\xFA\xED\xFE\x07\0\0\x01'],
    ['a class of Java', '\xCA\xFE\xBA\xBE\0\0\0\x41'],
    ['WebAssembly', '\0asm\x01\0\0\0'],
    ['an OLE file: old Office, installers', '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'],
    ['RAR', 'Rar!\x1A\x07\x01\0'],
    ['Flash', 'CWS\x09\0\0\0\0'],
    ['TIFF', 'II*\0\x08\0\0\0'],
    ['text in Latin-1', 'K\xE4se'],
    ['text with a NUL', 'a\0b'],
    ['text with an escape sequence', 'a\x1B[2Jb'],
    ['UTF-16', '\xFF\xFEh\0i\0'],
  ])('%s is not taken', (_name, content) => {
    expect(sniff(latin1(content))).toEqual([]);
  });
});

describe('plain text', () => {
  test.each(['a', 'Grüße, 你好 🙂\r\n\tx < y\f', '# Title\n<b>markdown</b>', '{"a":1}', '\uFEFFa,b'])(
    '%j is',
    (text) => {
      expect(looksLikeText(new TextEncoder().encode(text))).toBe(true);
    },
  );

  test('the head may end within a character', () => {
    expect(looksLikeText(new TextEncoder().encode('ab🙂').subarray(0, 4))).toBe(true);
  });

  test.each<[string, BlobPart[], boolean]>([
    ['text to its end', ['a'.repeat(200_000), 'é'], true],
    ['a NUL far in', ['a'.repeat(200_000), '\0'], false],
    ['no UTF-8 far in', ['a'.repeat(200_000), Uint8Array.of(0xff)], false],
    ['a character that is cut off at the end', ['a', Uint8Array.of(0xf0, 0x9f)], false],
  ])('%s', async (_name, parts, expected) => {
    expect(await isTextToItsEnd(new Blob(parts))).toBe(expected);
  });
});

/** Its first 64 KiB say nothing of Office. */
function large(): Uint8Array {
  const [head, list] = [
    zipOf('media/film.mp4', 'x'.repeat(100_000)),
    latin1('PK\x01\x02…[Content_Types].xml'),
  ];
  return Uint8Array.from([...head, ...list]);
}
