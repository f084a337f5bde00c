import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MultipartParser } from '../../../src/http/body/multipart.ts';
import { isActionError } from '../../../src/wire/error.ts';
import { bytesOf, textOf } from './bodies.ts';

interface Part {
  name: string;
  filename: string | undefined;
  contentType: string | undefined;
  content: string;
}

/** Latin-1 text of the content, so that any bytes compare exactly. */
async function parse(
  boundary: string,
  chunks: readonly Uint8Array[],
  slow = false,
  maxParts = 100,
): Promise<Part[]> {
  const parts: Part[] = [];
  const wait = (): Promise<void> | undefined => (slow ? Promise.resolve() : undefined);
  const parser = new MultipartParser(
    boundary,
    {
      onPart: (part) => {
        const current = { ...part, content: '' };
        parts.push(current);
        return (bytes) => {
          expect(bytes.length).toBeGreaterThan(0);
          current.content += Buffer.from(bytes).toString('latin1');
          return wait();
        };
      },
      onPartEnd: wait as () => Promise<void>,
    },
    { maxParts },
  );
  for (const chunk of chunks) {
    const pushed = parser.push(chunk);
    if (pushed) await pushed;
  }
  parser.end();
  return parts;
}

function split(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let position = 0;
  for (let index = 0; position < bytes.length; index++) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1);
    chunks.push(bytes.subarray(position, position + size));
    position += size;
  }
  return chunks;
}

const body = (...lines: string[]): Uint8Array => bytesOf(lines.join('\r\n'));
const disposition = 'Content-Disposition: form-data; name="a"';

describe('any chunking', () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // What is nearly a boundary.
    fc
      .array(fc.constantFrom('\r', '\n', '\r\n', '-', '--', '\r\n--', 'b', '--form'))
      .map((bits) => bytesOf(bits.join(''))),
  );
  const entry = fc.record({
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    // Node leaves an empty file name out.
    filename: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })),
    content,
  });

  test('bodies of FormData give the same parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 10 }),
        fc.boolean(),
        async (entries, sizes, slow) => {
          const data = new FormData();
          for (const { name, filename, content: bytes } of entries) {
            if (filename === null) data.append(name, Buffer.from(bytes).toString('base64'));
            else
              data.append(
                name,
                new File([bytes as Uint8Array<ArrayBuffer>], filename, { type: 'image/x-test' }),
              );
          }
          const response = new Response(data);
          const boundary = response.headers.get('content-type')?.split('boundary=')[1] ?? '';
          const encoded = new Uint8Array(await response.arrayBuffer());
          const parts = await parse(boundary, split(encoded, sizes), slow);
          expect(parts).toEqual(
            entries.map(({ name, filename, content: bytes }) => ({
              // The HTML standard normalises line breaks in names, not in file names.
              name: name.replace(/\r\n|\r|\n/g, '\r\n'),
              filename: filename ?? undefined,
              contentType: filename === null ? undefined : 'image/x-test',
              content: Buffer.from(bytes).toString(filename === null ? 'base64' : 'latin1'),
            })),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('one byte at a time is the same as at once', async () => {
    const whole = body(
      'preamble',
      '--b \t',
      disposition,
      '',
      'x\r\n--',
      '--b',
      disposition,
      '',
      '',
      '--b-- ',
      'epilogue',
    );
    const expected = await parse('b', [whole]);
    expect(expected.map((part) => part.content)).toEqual(['x\r\n--', '']);
    expect(await parse('b', split(whole, [1]))).toEqual(expected);
    expect(await parse('b', split(whole, [1]), true)).toEqual(expected);
    for (let at = 1; at < whole.length; at++) {
      expect(await parse('b', [whole.subarray(0, at), whole.subarray(at)])).toEqual(expected);
    }
  });
});

describe('hostile bodies', () => {
  const valid = body(
    '--b',
    `${disposition}; filename="x"`,
    'Content-Type: text/plain',
    '',
    'content',
    '--b',
    disposition,
    '',
    'v',
    '--b--',
    '',
  );

  test('every truncation is refused, or complete', async () => {
    const closing = textOf(valid).indexOf('--b--') + 5;
    for (let length = 0; length < valid.length; length++) {
      const parsing = parse('b', [valid.subarray(0, length)]);
      if (length >= closing) expect(await parsing).toHaveLength(2);
      else await expect(parsing).rejects.toThrow(/ends before its closing boundary/);
    }
  });

  test('garbage throws nothing but ActionErrors', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\r\n',
        '--b',
        '\r\n--b',
        '--',
        ':',
        ';',
        '"',
        '\\',
        '=',
        ' ',
        disposition,
        'name=',
        'filename=',
      ),
      fc.string({ maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (pieces, size) => {
          try {
            await parse('b', split(bytesOf(`--b\r\n${pieces.join('')}`), [size]), false, 5);
          } catch (error) {
            if (!isActionError(error)) throw error;
            expect([400, 413]).toContain(error.status);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['no name', ['Content-Disposition: form-data'], /no Content-Disposition header with a name/],
    ['no headers', [], /no Content-Disposition header with a name/],
    ['an attachment', ['Content-Disposition: attachment; name="a"'], /other than form-data/],
    ['two dispositions', [disposition, disposition], /two Content-Disposition/],
    ['two names', [`${disposition}; name="b"`], /cannot be read/],
    ['an open quote', ['Content-Disposition: form-data; name="a'], /cannot be read/],
    ['text after a quote', ['Content-Disposition: form-data; name="a"b'], /cannot be read/],
    ['a parameter without a value', [`${disposition}; filename`], /cannot be read/],
    ['a line without a colon', [disposition, 'nonsense'], /no header/],
    ['a bare line feed', [`${disposition}\nX: y`], /no header/],
    ['base64', [disposition, 'Content-Transfer-Encoding: base64'], /Content-Transfer-Encoding/],
  ])('%s is refused', async (_name, headers, message) => {
    const whole = body('--b', ...headers, '', 'x', '--b--', '');
    await expect(parse('b', [whole])).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['text after a boundary', '--bx\r\n'],
    ['a lone carriage return after a boundary', '--b\rx'],
    ['one dash after a boundary', '--b-x'],
    ['line feeds alone', `--b\n${disposition}\n\nx\n--b--`],
  ])('%s is refused', async (_name, text) => {
    await expect(parse('b', [bytesOf(text)])).rejects.toThrow(
      /followed by something other than a line break/,
    );
  });

  test.each(['', ' ', 'ends in space ', 'x'.repeat(71), 'umlaut ü', 'new\nline'])(
    'the boundary %j is refused',
    (boundary) => {
      expect(
        () =>
          new MultipartParser(
            boundary,
            { onPart: () => () => undefined, onPartEnd: () => undefined },
            { maxParts: 1 },
          ),
      ).toThrow(/boundary of 1 to 70/);
    },
  );

  test('headers have a limit, whether they end or not', async () => {
    const long = `X-Long: ${'x'.repeat(16_400)}`;
    for (const text of [`--b\r\n${long}`, `--b\r\n${long}\r\n${disposition}\r\n\r\nx\r\n--b--`]) {
      for (const sizes of [[1e6], [100]]) {
        await expect(parse('b', split(bytesOf(text), sizes))).rejects.toMatchObject({
          code: 'CONTENT_TOO_LARGE',
        });
      }
    }
    const fits = `--b\r\nX-Long: ${'x'.repeat(16_000)}\r\n${disposition}\r\n\r\nx\r\n--b--`;
    expect(await parse('b', split(bytesOf(fits), [1000]))).toHaveLength(1);
  });

  test('parts have a limit', async () => {
    const part = `--b\r\n${disposition}\r\n\r\nx\r\n`;
    expect(await parse('b', [bytesOf(`${part.repeat(3)}--b--`)], false, 3)).toHaveLength(3);
    await expect(parse('b', [bytesOf(`${part.repeat(4)}--b--`)], false, 3)).rejects.toThrow(
      /more than 3 parts/,
    );
  });
});

describe('names', () => {
  test.each([
    ['name="a"; filename="x.txt"', 'a', 'x.txt'],
    ['name="say %22hi%22"; filename="a%0D%0Ab%22.txt"', 'say "hi"', 'a\r\nb".txt'],
    ['name="50%"; filename="100%25.txt"', '50%', '100%25.txt'],
    ['name="häßlich"; filename="файл.txt"', 'häßlich', 'файл.txt'],
    ['name="a;b=c"; filename="x;y.txt"', 'a;b=c', 'x;y.txt'],
    ['name="a"; filename="C:\\dir\\"', 'a', 'C:\\dir\\'],
    ['name="a"; filename="by \\"curl\\".txt"', 'a', 'by "curl".txt'],
    ['name="a"; filename="x.txt"; filename*=UTF-8\'\'evil.exe', 'a', 'x.txt'],
    ['name=token; filename=token.txt', 'token', 'token.txt'],
    ['NAME="a" ; FileName="x"', 'a', 'x'],
    ['name="a"; filename=""', 'a', ''],
    ['name=""', '', undefined],
    ['name="a";', 'a', undefined],
    ['name="__proto__"', '__proto__', undefined],
  ])('%s', async (parameters, name, filename) => {
    const whole = body('--b', `content-disposition:Form-Data;${parameters}`, '', 'x', '--b--');
    expect(await parse('b', [whole])).toEqual([{ name, filename, contentType: undefined, content: 'x' }]);
  });

  test('other headers are ignored, folded ones unfolded', async () => {
    const whole = body(
      '--b',
      'X-Other: 1',
      'Content-Disposition: form-data;',
      '\tname="a"',
      'Content-Type: Text/Plain; charset=UTF-8',
      '',
      'x',
      '--b--',
    );
    expect(await parse('b', [whole])).toEqual([
      { name: 'a', filename: undefined, contentType: 'Text/Plain; charset=UTF-8', content: 'x' },
    ]);
  });

  test('a part without content may leave out its line break', async () => {
    const whole = bytesOf(`--b\r\n${disposition}\r\n\r\n--b\r\n${disposition}\r\n\r\n\r\n--b--`);
    for (const sizes of [[1], [1000]]) {
      expect((await parse('b', split(whole, sizes))).map((part) => part.content)).toEqual(['', '']);
    }
  });

  test('an error of a handler goes through', async () => {
    const failing = new MultipartParser(
      'b',
      {
        onPart: () => () => Promise.reject(new Error('disk full')),
        onPartEnd: () => undefined,
      },
      { maxParts: 1 },
    );
    await expect(failing.push(body('--b', disposition, '', 'x', '--b--'))).rejects.toThrow('disk full');
  });
});
