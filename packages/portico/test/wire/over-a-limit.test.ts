import { describe, expect, test } from 'vitest';
import type { Body } from '../support/agent.ts';
import { sendRaw } from '../support/raw.ts';
import { codeOf, connect, post, toFormData } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('over a limit: 413, and the handler does not run', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const file = (bytes: number): File => new File([new Uint8Array(bytes)], 'a.bin');
  const withFiles = (...sizes: number[]): FormData => {
    const data = new FormData();
    for (const size of sizes) data.append(sizes.length === 1 ? 'file' : 'files', file(size));
    return data;
  };
  const manyFields = (count: number): URLSearchParams =>
    new URLSearchParams(Array.from({ length: count }, (_, index): [string, string] => [`f${index}`, 'x']));

  test.each<[string, () => Body]>([
    ['a JSON body', () => ({ name: 'x'.repeat(3_000) })],
    ['a urlencoded body', () => new URLSearchParams({ name: 'x'.repeat(3_000) })],
    ['text of a multipart body', () => toFormData({ name: 'x'.repeat(3_000) })],
    ['one file', () => withFiles(1_001)],
    ['the number of files', () => withFiles(1, 1, 1)],
    ['fields', () => manyFields(11)],
    ['the depth of JSON', () => `{"name":${deep(40)}}`],
    ['the depth of field names', () => new URLSearchParams({ [`a${'[b]'.repeat(40)}`]: 'x' })],
  ])('%s, at every door', async (_what, body) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query'] as const) {
      const answer = await codeOf(await post(visitor, door, 'small', body()));
      expect([door, answer]).toMatchObject([door, { status: 413, code: 'CONTENT_TOO_LARGE' }]);
    }
    expect(ran).toEqual([]);
  });

  test.each<[string, () => Body]>([
    ['a JSON body', () => ({ name: 'x'.repeat(1_900) })],
    ['a urlencoded body', () => new URLSearchParams({ name: 'x'.repeat(1_900) })],
    ['one file', () => withFiles(1_000)],
    ['the number of files', () => withFiles(1, 1)],
    ['fields', () => manyFields(10)],
    ['the depth of JSON', () => `{"name":"a","more":${deep(31)}}`],
  ])('%s just within its limit passes', async (_what, body) => {
    const { visitor, ran } = await connect();

    const response = await visitor.post('/_actions/small', body());

    expect([response.status, ran]).toEqual([204, ['small']]);
  });

  test.each([
    ['JSON', 'application/json', '{"name":"'],
    ['urlencoded', 'application/x-www-form-urlencoded', 'name='],
    [
      'multipart',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n',
    ],
  ])(
    'as soon as it is known and without reading the rest: %s whose body never ends',
    async (_kind, type, start) => {
      const { url, ran } = await connect();

      const answer = await sendRaw(
        url,
        'POST /_actions/small',
        { 'Content-Type': type, 'Content-Length': '100000000' },
        start + 'x'.repeat(5_000),
      );

      expect([answer.status, ran]).toEqual([413, []]);
    },
  );

  test('a chunked body that says no length', async () => {
    const { url, ran } = await connect();
    const chunk = 'x'.repeat(0x1000);

    const answer = await sendRaw(
      url,
      'POST /_actions/small',
      { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
      `1\r\n"\r\n1000\r\n${chunk}\r\n`,
    );

    expect([answer.status, ran]).toEqual([413, []]);
  });
});
