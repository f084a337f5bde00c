import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BodyAborted } from '../../../src/http/body/body-errors.ts';
import {
  type FormEntry,
  readForm,
  type SubmittedForm,
  toFormData,
} from '../../../src/http/body/form-data.ts';
import { nodeBody } from '../../../src/http/body/node-body.ts';
import { bodyOf, bytesOf, posted, served } from './bodies.ts';

let uploadDir = '';
beforeEach(() => {
  uploadDir = mkdtempSync(join(tmpdir(), 'portico-test-'));
});
afterEach(() => {
  expect(readdirSync(uploadDir)).toEqual([]);
  expect(openUploads()).toBe(0);
  rmSync(uploadDir, { recursive: true });
});

/** Descriptors of this process that point into the upload folder. */
function openUploads(): number {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return targets.filter((target) => target.startsWith(uploadDir)).length;
}

const limits = (): Parameters<typeof readForm>[3] => ({
  maxBytes: 1000,
  maxFileBytes: 1_000_000,
  maxFiles: 3,
  maxFields: 10,
  uploadDir,
});

const URLENCODED = 'application/x-www-form-urlencoded';

async function encode(
  entries: ReadonlyArray<readonly [string, string | File]>,
): Promise<[string, Uint8Array]> {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  const response = new Response(data);
  const bytes = Buffer.from(await response.arrayBuffer());
  // Node leaves an empty file name out, browsers send it.
  const text = bytes
    .toString('latin1')
    .replaceAll(/(form-data; name="[^"]*")(\r\nContent-Type)/g, '$1; filename=""$2');
  return [response.headers.get('content-type') ?? '', new Uint8Array(Buffer.from(text, 'latin1'))];
}

async function read(
  entries: ReadonlyArray<readonly [string, string | File]>,
  hooks?: Parameters<typeof readForm>[4],
  overrides = {},
): Promise<SubmittedForm> {
  const [type, bytes] = await encode(entries);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) chunks.push(bytes.subarray(at, at + 65_536));
  return readForm(bodyOf(...chunks), type, bytes.length, { ...limits(), ...overrides }, hooks);
}

const fileOf = (size: number, name = 'x.bin', fill = 7): File =>
  new File([new Uint8Array(size).fill(fill)], name, { type: 'application/x-test' });
const names = (entries: readonly FormEntry[]): string[] => entries.map(([name]) => name);

describe('urlencoded', () => {
  test.each<[string, Array<[string, string]>]>([
    ['', []],
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a=1&&b&=x',
      [
        ['a', '1'],
        ['b', ''],
        ['', 'x'],
      ],
    ],
    ['a+b=c+d%2B', [['a b', 'c d+']]],
    ['?a=1', [['?a', '1']]],
    ['a=%C3%A4%F0%9F%8D%95', [['a', 'ä🍕']]],
    ['a=ä', [['a', 'ä']]],
    ['a=%EF%BF%BD', [['a', '\uFFFD']]],
    [
      'a[0][b]=x&a.b=y',
      [
        ['a[0][b]', 'x'],
        ['a.b', 'y'],
      ],
    ],
    ['__proto__=x', [['__proto__', 'x']]],
    ['a=1%0D%0A2', [['a', '1\r\n2']]],
  ])('%s', async (text, expected) => {
    const form = await readForm(bodyOf(text), URLENCODED, undefined, limits());
    expect(form.entries).toEqual(expected);
  });

  test.each([
    ['a=1&b=%zz', /"b" has a malformed percent-escape \("%zz"\)/],
    ['a=1&b=100%', /"b" has a malformed percent-escape \("%"\)/],
    ['a=%&b=1', /"a" has a malformed percent-escape \("%"\)/],
    ['a=%2&b=1', /"a" has a malformed percent-escape \("%2"\)/],
    ['x%4=1', /malformed percent-escape/],
    ['ok=%C3%A4&city=%E4', /"city" has percent-escapes that are not valid UTF-8/],
    ['city=%C3x', /"city" has percent-escapes that are not valid UTF-8/],
    ['city=%ED%A0%80', /"city"/],
  ])('%s is refused', async (text, message) => {
    const reading = readForm(bodyOf(text), URLENCODED, undefined, limits());
    await expect(reading).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(message),
    });
  });

  test('bytes that are not UTF-8 are refused', async () => {
    const reading = readForm(bodyOf(new Uint8Array([97, 61, 0xe4])), URLENCODED, undefined, limits());
    await expect(reading).rejects.toMatchObject({ status: 400 });
  });

  test.each([
    ['a='.padEnd(1001, 'x'), /1000 bytes.*`body\.maxBytes`/],
    [Array.from({ length: 11 }, () => 'a').join('&'), /more than 10 fields/],
  ])('over a limit', async (text, message) => {
    const reading = readForm(bodyOf(text), URLENCODED, undefined, limits());
    await expect(reading).rejects.toMatchObject({ status: 413, message: expect.stringMatching(message) });
  });

  test('up to the limits', async () => {
    expect((await readForm(bodyOf('a='.padEnd(1000, 'x')), URLENCODED, 1000, limits())).entries).toHaveLength(
      1,
    );
    const text = Array.from({ length: 10 }, () => 'a').join('&');
    expect((await readForm(bodyOf(text), URLENCODED, undefined, limits())).entries).toHaveLength(10);
  });

  test('beforeFiles is called once, with everything, and may refuse', async () => {
    const seen: string[][] = [];
    const hooks = { beforeFiles: (fields: readonly FormEntry[]) => void seen.push(names(fields)) };
    await readForm(bodyOf('a=1&b=2'), URLENCODED, undefined, limits(), hooks);
    expect(seen).toEqual([['a', 'b']]);
    const refuse = (): Promise<void> => Promise.reject(new Error('no'));
    await expect(
      readForm(bodyOf('a=1'), URLENCODED, undefined, limits(), { beforeFiles: refuse }),
    ).rejects.toThrow('no');
  });
});

describe('content types', () => {
  test.each([
    'multipart/form-data; boundary=b',
    'Multipart/Form-Data; charset=utf-8; Boundary="b"',
    'multipart/form-data ;boundary=b',
  ])('%s', async (type) => {
    const body = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--';
    expect((await readForm(bodyOf(body), type, undefined, limits())).entries).toEqual([['a', '1']]);
  });

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    'text/plain',
    '',
  ])('%j is refused', async (type) => {
    await expect(readForm(bodyOf('a=1'), type, undefined, limits())).rejects.toMatchObject({ status: 400 });
  });
});

describe('multipart', () => {
  test.each([0, 1, 1000, 262_143, 262_144, 262_145, 600_000, 1_000_000])(
    'a file of %i bytes comes whole',
    async (size) => {
      const bytes = new Uint8Array(size).map((_, index) => (index * 7) ^ (index >> 8));
      const form = await read([
        ['a', '1'],
        ['doc', new File([bytes], 'ä "x".bin', { type: 'image/png' })],
        ['b', '2'],
      ]);
      expect(names(form.entries)).toEqual(['a', 'doc', 'b']);
      const file = form.entries[1]?.[1] as File;
      expect(file).toBeInstanceOf(File);
      expect([file.name, file.type, file.size]).toEqual(['ä "x".bin', 'image/png', size]);
      expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
      expect(Buffer.from(await new Response(file.stream()).arrayBuffer()).equals(bytes)).toBe(true);
      await form.dispose();
    },
  );

  test('an empty file input is a File without name and bytes, and no file to the limits', async () => {
    const empty = new File([], '', { type: 'application/octet-stream' });
    const form = await read(
      [
        ['a', empty],
        ['b', empty],
      ],
      undefined,
      { maxFiles: 0 },
    );
    for (const [, value] of form.entries)
      expect([(value as File).name, (value as File).size]).toEqual(['', 0]);
    await form.dispose();
  });

  test('bytes without a file name are a file', async () => {
    const body = '--b\r\nContent-Disposition: form-data; name="a"; filename=""\r\n\r\nx\r\n--b--';
    const reading = readForm(bodyOf(body), 'multipart/form-data; boundary=b', undefined, {
      ...limits(),
      maxFiles: 0,
    });
    await expect(reading).rejects.toMatchObject({ status: 413 });
  });

  test.each<[string, Array<readonly [string, string | File]>, object, RegExp]>([
    ['a long field', [['bio', 'x'.repeat(1000)]], {}, /up to "bio".*1000 bytes.*`body\.maxBytes`/],
    [
      'many fields together',
      Array.from({ length: 9 }, (_, i) => [`f${i}`, 'x'.repeat(120)] as const),
      {},
      /up to "f8"/,
    ],
    ['long names', [['n'.repeat(1001), '']], {}, /`body\.maxBytes`/],
    ['long file names', [['a', fileOf(1, 'n'.repeat(1001))]], {}, /`body\.maxBytes`/],
    [
      'a large file',
      [['cover', fileOf(1_000_001)]],
      {},
      /"cover" is larger than 976\.6 KiB.*`body\.maxFileBytes`/,
    ],
    [
      'a large file after others',
      [
        ['a', fileOf(900_000)],
        ['b', fileOf(10)],
        ['c', fileOf(1_000_001)],
      ],
      {},
      /"c" is larger/,
    ],
    ['a small large file', [['cover', fileOf(11)]], { maxFileBytes: 10 }, /"cover" is larger than 10 bytes/],
    [
      'many files',
      Array.from({ length: 4 }, (_, i) => [`f${i}`, fileOf(300_000)] as const),
      {},
      /"f3".*more than the 3/,
    ],
    [
      'many empty files',
      Array.from({ length: 4 }, (_, i) => [`f${i}`, fileOf(0)] as const),
      {},
      /"f3".*more than the 3/,
    ],
    ['any file', [['x', fileOf(1)]], { maxFiles: 0 }, /"x" has a file, but this action takes none/],
    [
      'many fields',
      Array.from({ length: 11 }, (_, i) => [`f${i}`, ''] as const),
      {},
      /more than 10 fields.*"f10"/,
    ],
    [
      'many empty inputs',
      Array.from({ length: 11 }, (_, i) => [`f${i}`, fileOf(0, '')] as const),
      {},
      /more than 10 fields/,
    ],
  ])('%s: 413', async (_name, entries, overrides, message) => {
    for (const declared of [true, false]) {
      const [type, bytes] = await encode(entries);
      const length = declared ? bytes.length : undefined;
      const reading = readForm(bodyOf(bytes), type, length, { ...limits(), ...overrides });
      await expect(reading).rejects.toMatchObject({
        code: 'CONTENT_TOO_LARGE',
        message: expect.stringMatching(message),
      });
    }
  });

  test('a body that announces more than all limits together is refused unread', async () => {
    const body = { ...bodyOf('x'), pipe: () => Promise.reject(new Error('was read')) };
    const most = 1000 + 3 * 1_000_000 + 65_536;
    const type = 'multipart/form-data; boundary=b';
    await expect(readForm(body, type, most + 1, limits())).rejects.toMatchObject({ status: 413 });
    await expect(readForm(body, type, most, limits())).rejects.toThrow('was read');
  });

  test.each(['preamble', 'epilogue'])('an endless %s is cut off', async (where) => {
    const start = where === 'preamble' ? '' : '--b--\r\n';
    const noise = Array.from({ length: 50 }, () => new Uint8Array(65_536));
    const reading = readForm(bodyOf(start, ...noise), 'multipart/form-data; boundary=b', undefined, limits());
    await expect(reading).rejects.toMatchObject({ status: 413 });
  });

  test.each([
    [
      'truncated in a large file',
      (bytes: Uint8Array) => bytes.subarray(0, 500_000),
      /ends before its closing boundary/,
    ],
    [
      'truncated after it',
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 8),
      /ends before its closing boundary/,
    ],
  ])('%s: 400', async (_name, damage, message) => {
    const [type, bytes] = await encode([['a', fileOf(600_000)]]);
    await expect(readForm(bodyOf(damage(bytes)), type, undefined, limits())).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(message),
    });
  });

  test('text that is not UTF-8 is refused by name', async () => {
    const head = bytesOf('--b\r\nContent-Disposition: form-data; name="city"\r\n\r\n');
    const reading = readForm(
      bodyOf(head, new Uint8Array([0xe4]), '\r\n--b--'),
      'multipart/form-data; boundary=b',
      undefined,
      limits(),
    );
    await expect(reading).rejects.toThrow('The field "city" is not valid UTF-8.');
  });

  test('a missing upload folder is told', async () => {
    const reading = read([['a', fileOf(600_000)]], undefined, { uploadDir: join(uploadDir, 'none') });
    await expect(reading).rejects.toThrow(/Uploads cannot be stored in .*none.*uploadDir/);
  });
});

describe('beforeFiles', () => {
  test.each<[string, Array<readonly [string, string | File]>, string[]]>([
    ['no fields', [], []],
    [
      'no files',
      [
        ['a', '1'],
        ['b', '2'],
      ],
      ['a', 'b'],
    ],
    [
      'an empty input',
      [
        ['a', '1'],
        ['f', fileOf(0, '')],
        ['b', '2'],
      ],
      ['a', 'f', 'b'],
    ],
    [
      'a file',
      [
        ['a', '1'],
        ['f', fileOf(300_000)],
        ['b', '2'],
        ['g', fileOf(3)],
      ],
      ['a'],
    ],
    [
      'an empty file first',
      [
        ['e', fileOf(0)],
        ['a', '1'],
        ['f', fileOf(9)],
      ],
      ['e', 'a'],
    ],
  ])('%s: called once', async (_name, entries, expected) => {
    for (const wait of [false, true]) {
      const seen: string[][] = [];
      const form = await read(entries, {
        beforeFiles: (fields) => {
          seen.push(names(fields));
          return wait ? new Promise((resolve) => setImmediate(resolve)) : undefined;
        },
      });
      expect(seen).toEqual([expected]);
      expect(names(form.entries)).toEqual(names(entries));
      await form.dispose();
    }
  });

  test.each(['throws', 'rejects'])('%s: refused before a byte is stored or read on', async (how) => {
    const [type, bytes] = await encode([
      ['a', '1'],
      ['f', fileOf(900_000)],
    ]);
    const taken = await posted([bytes], 'declared', async (req) => {
      const reading = readForm(nodeBody(req, bytes.length), type, bytes.length, limits(), {
        beforeFiles: () => {
          if (how === 'throws') throw new Error('forged');
          return Promise.reject(new Error('forged'));
        },
      });
      await expect(reading).rejects.toThrow('forged');
      expect(openUploads()).toBe(0);
      return req.socket.bytesRead;
    });
    expect(taken).toBeLessThan(900_000);
  });
});

describe('over a connection', () => {
  // Bytes full of what could be the beginning of a boundary, so that chunks end inside of it.
  const content = new Uint8Array(bytesOf('\r\n--formdata-'.repeat(20_000)));
  const text = 'text \r\n-- '.repeat(8_000);

  test.each([1000, 4093, 40_000, 65_536, 1e6])('in pieces of %i bytes', async (size) => {
    const entries = [
      ['a', text],
      ['f', new File([content], 'x')],
      ['small', fileOf(100_000, 'y')],
      ['b', text],
      ['g', new File([content, content, content], 'z')],
    ] as const;
    const [type, bytes] = await encode(entries);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    for (const length of ['declared', 'chunked'] as const) {
      await posted(pieces, length, async (req) => {
        const declared = length === 'declared' ? bytes.length : undefined;
        const form = await readForm(nodeBody(req, declared), type, declared, { ...limits(), maxBytes: 1e6 });
        expect(names(form.entries)).toEqual(['a', 'f', 'small', 'b', 'g']);
        expect([form.entries[0]?.[1] === text, form.entries[3]?.[1] === text]).toEqual([true, true]);
        for (const [index, [, sent]] of entries.entries()) {
          if (typeof sent === 'string') continue;
          const got = await (form.entries[index]?.[1] as File).bytes();
          expect(Buffer.from(await sent.arrayBuffer()).equals(got)).toBe(true);
        }
        await form.dispose();
      });
    }
  });

  test('what others have of the body stays theirs', async () => {
    const [type, bytes] = await encode([['f', fileOf(400_000)]]);
    for (const when of ['before', 'meanwhile', 'peeked']) {
      await posted([bytes], 'declared', async (req) => {
        const seen: Buffer[] = [];
        const see = (chunk: Buffer): void => void seen.push(chunk);
        if (when === 'before') req.on('data', see);
        const body = nodeBody(req, bytes.length);
        const peeked = when === 'peeked' ? await body.peek(1000, () => true) : undefined;
        const reading = readForm(body, type, bytes.length, limits());
        if (when === 'meanwhile') req.on('data', see);
        await (await reading).dispose();
        if (peeked) expect(Buffer.compare(peeked, bytes.subarray(0, peeked.length))).toBe(0);
        else expect(Buffer.concat(seen).equals(bytes)).toBe(true);
      });
    }
  });
});

describe('life of files', () => {
  test('a client that goes away in the middle leaves nothing', async () => {
    const failure = await served(
      (socket) => {
        const head = '--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n';
        socket.write(`POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 900000\r\n\r\n${head}`);
        socket.write(Buffer.alloc(700_000));
        setTimeout(() => socket.destroy(), 30);
      },
      async (req) => {
        const reading = readForm(
          nodeBody(req, 900_000),
          'multipart/form-data; boundary=b',
          900_000,
          limits(),
        );
        return Promise.resolve(reading).then(
          () => 'read',
          (error: unknown) => error,
        );
      },
    );
    expect(failure).toBeInstanceOf(BodyAborted);
  });

  test('large files have one descriptor and no name, until the last is disposed of', async () => {
    const form = await read([
      ['a', fileOf(300_000, 'a', 1)],
      ['b', fileOf(400_000, 'b', 2)],
      ['c', fileOf(5, 'c', 3)],
    ]);
    expect(readdirSync(uploadDir)).toEqual([]);
    expect(openUploads()).toBe(1);
    const [a, b, c] = form.entries.map(([, value]) => value as File & { dispose(): Promise<void> });
    expect(Buffer.from(await b!.bytes()).equals(Buffer.alloc(400_000, 2))).toBe(true);
    await a!.dispose();
    await a!.dispose();
    expect(openUploads()).toBe(1);
    expect((await b!.bytes()).length).toBe(400_000);
    await form.dispose();
    await form.dispose();
    expect(openUploads()).toBe(0);
    await expect(b!.text()).rejects.toThrow(/its request is over/);
    await expect(new Response(b!.stream()).text()).rejects.toThrow();
    expect((await c!.bytes()).length).toBe(5);
  });

  test('many small files do not pile up in memory', async () => {
    const entries = Array.from(
      { length: 40 },
      (_, index) => [`f${index}`, fileOf(200_000, 'x', index)] as const,
    );
    const form = await read(entries, undefined, { maxFiles: 40 });
    expect(openUploads()).toBe(1);
    for (const [index, [, value]] of form.entries.entries()) {
      const bytes = await (value as File).bytes();
      expect(bytes.length === 200_000 && bytes.every((byte) => byte === index)).toBe(true);
    }
    await form.dispose();
  });

  test('disposing during a read lets the read finish', async () => {
    const form = await read([['a', fileOf(500_000)]]);
    const reading = (form.entries[0]?.[1] as File).bytes();
    await form.dispose();
    expect((await reading).length).toBe(500_000);
  });
});

describe('SpooledFile', () => {
  test('reads like the File it stands for', async () => {
    const bytes = new Uint8Array(700_000).map((_, index) => index * 31);
    const plain = new File([bytes], 'x', { type: 'text/plain' });
    const form = await read([['a', plain]]);
    const file = form.entries[0]?.[1] as File;
    const hash = (content: ArrayBuffer): string =>
      createHash('sha1').update(Buffer.from(content)).digest('hex');
    const ranges: Array<[number?, number?]> = [
      [],
      [10],
      [0, 0],
      [5, 300_005],
      [-10],
      [-20, -5],
      [600_000, 9e9],
      [9, 3],
      [1.7, 5.2],
    ];
    for (const range of ranges) {
      const [got, want] = [file.slice(...range), plain.slice(...range)];
      expect(got.size).toBe(want.size);
      expect(hash(await got.arrayBuffer())).toBe(hash(await want.arrayBuffer()));
      expect(await new Response(got.stream()).text()).toBe(await want.text());
      expect(await got.slice(1, -1).text()).toBe(await want.slice(1, -1).text());
    }
    expect(file.slice(0, 5, 'image/png').type).toBe('image/png');
    expect(file.slice(0, 5).type).toBe('');
    expect(await file.text()).toBe(await plain.text());
    await form.dispose();
  });

  test('streams into memory that the reader brings', async () => {
    const form = await read([['a', fileOf(300_001)]]);
    const reader = (form.entries[0]?.[1] as File).stream().getReader({ mode: 'byob' });
    let view = new Uint8Array(100_000);
    const sizes: number[] = [];
    for (;;) {
      const { value, done } = await reader.read(view);
      if (done) break;
      sizes.push(value.length);
      expect(value.every((byte) => byte === 7)).toBe(true);
      view = new Uint8Array(value.buffer);
    }
    expect(sizes).toEqual([100_000, 100_000, 100_000, 1]);
    await form.dispose();
  });

  test('goes through FormData and a multipart answer as it is', async () => {
    const form = await read([
      ['a', '1'],
      ['a', '2'],
      ['f', fileOf(500_000, 'y')],
    ]);
    const data = toFormData(form.entries);
    expect(data.getAll('a')).toEqual(['1', '2']);
    expect(data.get('f')).toBe(form.entries[2]?.[1]);
    const sent = (await new Response(data).formData()).get('f') as File;
    expect([sent.name, sent.size]).toEqual(['y', 500_000]);
    await form.dispose();
  });
});
