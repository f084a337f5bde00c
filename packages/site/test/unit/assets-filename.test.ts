import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extensionOf, MAX_FILENAME, safeFilename } from '../../src/assets/safe-filename.ts';
import { contentDisposition } from '../../src/lib/content-disposition.ts';

describe('the name a file is kept under', () => {
  test.each<[string, string, string]>([
    ['Report 2026.pdf', 'pdf', 'Report-2026.pdf'],
    ['evil.php.png', 'webp', 'evil-php.webp'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    ['..\\..\\boot.ini.txt', 'txt', 'boot-ini.txt'],
    ['.htaccess', 'txt', 'file.txt'],
    ['.htaccess.txt', 'txt', 'htaccess.txt'],
    ['a"; filename="x.html.pdf', 'pdf', 'a-filename-x-html.pdf'],
    ['x\r\nSet-Cookie: a=b.pdf', 'pdf', 'x-Set-Cookie-a-b.pdf'],
    ['Käse.pdf', 'pdf', 'Käse.pdf'],
    ['Ka\u0308se.pdf', 'pdf', 'Käse.pdf'],
    ['写真.png', 'webp', '写真.webp'],
    ['gpj.\u202Eexe.png', 'webp', 'gpj-exe.webp'],
    ['a%2F..%2Fb.txt', 'txt', 'a-2F-2Fb.txt'],
    ['con.txt', 'txt', 'file-con.txt'],
    ['COM1.pdf', 'pdf', 'file-COM1.pdf'],
    ['-rf.txt', 'txt', 'rf.txt'],
    ['', 'pdf', 'file.pdf'],
    ['...', 'pdf', 'file.pdf'],
    ['\uD800.pdf', 'pdf', 'file.pdf'],
    ['blob', 'webp', 'blob.webp'],
  ])('%j of a .%s is %j', (name, extension, expected) => {
    expect(safeFilename(name, extension)).toBe(expected);
  });

  test('is safe whatever a client sends', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('.', '/', '\\', '"', '\r', '\n', ' ', 'a', '%', '-', '🙂', '\u0308', '\uD800'),
        maxLength: 200,
      }),
    );
    fc.assert(
      fc.property(hostile, fc.constantFrom('pdf', 'webp', '7z'), (name, extension) => {
        const safe = safeFilename(name, extension);
        expect(safe.length).toBeLessThanOrEqual(MAX_FILENAME);
        expect(safe).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*\.\w+$/u);
        expect(safe.endsWith(`.${extension}`)).toBe(true);
        expect(safe.isWellFormed()).toBe(true);
        // What a browser sends back is the same name.
        expect(decodeURIComponent(encodeURIComponent(safe))).toBe(safe);
        expect(safeFilename(safe, extension)).toBe(safe);
      }),
      { numRuns: 500 },
    );
  });
});

test.each<[string, string]>([
  ['a.PDF', 'pdf'],
  ['a.tar.gz', 'gz'],
  ['dir.d/a', ''],
  ['a', ''],
  ['a.', ''],
  ['.png', 'png'],
  ['a.exe ', 'exe'],
])('the extension of %j is %j', (name, expected) => {
  expect(extensionOf(name)).toBe(expected);
});

describe('Content-Disposition', () => {
  test.each<[string, string]>([
    ['a-b.pdf', 'attachment; filename="a-b.pdf"'],
    ['Käse.pdf', `attachment; filename="Ka_se.pdf"; filename*=UTF-8''K%C3%A4se.pdf`],
    ["it's (1)*.pdf", `attachment; filename="it_s_1_.pdf"; filename*=UTF-8''it%27s%20%281%29%2A.pdf`],
    ['a"\r\nb.pdf', `attachment; filename="a_b.pdf"; filename*=UTF-8''a%22%0D%0Ab.pdf`],
  ])('%j', (filename, expected) => {
    expect(contentDisposition('attachment', filename)).toBe(expected);
  });
});
