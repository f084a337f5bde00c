import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { sharedServer, startServer, type ChildServer } from './child-server.ts';
import { END, field, fileHead, Upload } from './upload.ts';

const MEBIBYTE = 1_048_576;
// Starting a process and moving hundreds of megabytes takes a while on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** A form with a note and one file of `size` bytes. The content's hash is what the server must find. */
async function upload(url: string, size: number, headers: Record<string, string> = {}) {
  const hash = createHash('sha256');
  const head = field('note', 'Hello') + fileHead('file', 'film.mkv');
  const length = Buffer.byteLength(head) + size + Buffer.byteLength(END);
  const sending = new Upload(url, { 'content-length': String(length), ...headers });
  await sending.write(head);
  await sending.writeContent(size, hash);
  await sending.write(END);
  sending.end();
  return { ...(await sending.answer), sha256: hash.digest('hex') };
}

/** An upload that has got as far as the disk, and goes on. */
async function underWay(server: ChildServer, path: string): Promise<Upload> {
  const sending = new Upload(server.url + path, { 'transfer-encoding': 'chunked' });
  await sending.write(field('note', 'Hello') + fileHead('file', 'film.mkv'));
  await sending.writeContent(4 * MEBIBYTE);
  // Open, and its name gone already.
  await vi.waitFor(async () => expect([await server.openFiles(), await server.names()]).toEqual([1, []]), {
    timeout: 20_000,
  });
  return sending;
}

/** Nothing is left of any upload: no name in the folder and no file that lives on without one. */
async function expectNothingLeft(server: ChildServer): Promise<void> {
  await vi.waitFor(async () => expect(await server.openFiles()).toBe(0), { timeout: 20_000 });
  expect(await server.names()).toEqual([]);
}

describe.each(['node', 'hono'] as const)('a large upload, on %s', (HOST_KIND) => {
  it('of 200 MiB arrives whole, and the process grows by less than 64 MiB', async () => {
    const server = await startServer({ HOST_KIND });
    // Code is compiled and pools are filled by the first ones.
    await upload(`${server.url}/?_action=large`, 8 * MEBIBYTE);
    const before = await server.mark();
    const { status, text, sha256 } = await upload(`${server.url}/?_action=large`, 200 * MEBIBYTE);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ note: 'Hello', name: 'film.mkv', size: 200 * MEBIBYTE, sha256 });
    expect((await server.peak()) - before).toBeLessThan(64 * MEBIBYTE);
    await expectNothingLeft(server);
  });

  it('is a form action like any other, at every form door', async () => {
    const server = await sharedServer({ HOST_KIND });
    for (const path of ['/_actions/large', '/?_action=large', '/actions/large', '/?action=large']) {
      const { status, text, sha256 } = await upload(server.url + path, 3 * MEBIBYTE);
      expect([path, status, JSON.parse(text)]).toMatchObject([path, 200, { size: 3 * MEBIBYTE, sha256 }]);
    }
    await expectNothingLeft(server);
  });
});

describe('over a limit', () => {
  it('by its Content-Length: refused before anything is sent', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/?_action=small`, { 'content-length': String(500 * MEBIBYTE) });
    const { status, text } = await sending.answer;
    expect([status, JSON.parse(text)]).toMatchObject([
      413,
      { code: 'CONTENT_TOO_LARGE', message: expect.stringContaining('maxFileBytes') },
    ]);
    await expectNothingLeft(server);
    sending.abort();
  });

  it.each(['/_actions/small', '/?_action=small', '/actions/small', '/?action=small'])(
    'of one file, without a Content-Length: refused as soon as it is crossed, at %s',
    async (path) => {
      const server = await sharedServer();
      const sending = new Upload(server.url + path, { 'transfer-encoding': 'chunked' });
      await sending.write(field('note', 'Hello') + fileHead('file', 'film.mkv'));
      await sending.writeContent(MEBIBYTE + 65_536);
      // The body has no end: whoever waits for it waits for ever.
      const { status, text } = await sending.answer;
      expect([status, JSON.parse(text)]).toMatchObject([
        413,
        { code: 'CONTENT_TOO_LARGE', message: expect.stringMatching(/field "?file"? is larger than 1 MiB/) },
      ]);
      await expectNothingLeft(server);
      sending.abort();
    },
  );

  it('of one file, though all of them together would fit', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/?_action=small`, { 'content-length': String(3 * MEBIBYTE) });
    await sending.write(fileHead('file', 'film.mkv'));
    await sending.writeContent(MEBIBYTE + 65_536);
    expect((await sending.answer).status).toBe(413);
    await expectNothingLeft(server);
    sending.abort();
  });

  it('a client that goes on sending still gets the answer', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/?_action=small`, { 'content-length': String(4 * MEBIBYTE) });
    await sending.write(fileHead('file', 'film.mkv'));
    await sending.writeContent(4 * MEBIBYTE - 200);
    expect((await sending.answer).status).toBe(413);
    await expectNothingLeft(server);
    sending.abort();
  });

  it('in the number of files', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/?_action=small`, { 'transfer-encoding': 'chunked' });
    for (const name of ['file', 'more', 'more', 'more'])
      await sending.write(`${fileHead(name, 'a.txt')}content\r\n`);
    const { status, text } = await sending.answer;
    expect([status, JSON.parse(text)]).toMatchObject([
      413,
      { message: expect.stringContaining('body.maxFiles') },
    ]);
    await expectNothingLeft(server);
    sending.abort();
  });

  it('in a file for an action that takes none', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/?_action=textOnly`, { 'transfer-encoding': 'chunked' });
    await sending.write(`${field('note', 'Hello')}${fileHead('file', 'a.txt')}content`);
    const { status, text } = await sending.answer;
    expect([status, JSON.parse(text)]).toMatchObject([
      413,
      { message: expect.stringContaining('this action takes none') },
    ]);
    await expectNothingLeft(server);
    sending.abort();
  });

  it('what was typed before the file is there on the page that says so', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/?_action=textOnly`, {
      'transfer-encoding': 'chunked',
      accept: 'text/html',
    });
    await sending.write(`${field('note', 'Hello')}${fileHead('file', 'a.txt')}content`);
    const { status, text } = await sending.answer;
    expect([status, JSON.parse(text)]).toEqual([
      413,
      { message: expect.any(String), errors: {}, note: 'Hello' },
    ]);
    sending.abort();
  });
});

describe('an upload that does not come to its end', () => {
  it.each(['/?_action=large', '/actions/large', '/_actions/large'])(
    'aborted by its client leaves nothing, at %s',
    async (path) => {
      const server = await sharedServer();
      const sending = await underWay(server, path);
      sending.abort();
      await expectNothingLeft(server);
      expect((await upload(server.url + path, MEBIBYTE)).status).toBe(200);
    },
  );

  it('aborted on Hono leaves nothing', async () => {
    const server = await sharedServer({ HOST_KIND: 'hono' });
    const sending = await underWay(server, '/?_action=large');
    sending.abort();
    await expectNothingLeft(server);
    expect((await upload(`${server.url}/?_action=large`, MEBIBYTE)).status).toBe(200);
  });

  it('cut off within its headers and fields breaks nothing', async () => {
    const server = await sharedServer();
    for (const start of [
      '',
      '--portico',
      field('action', 'large').slice(0, 40),
      field('note', 'Hello'),
      fileHead('file', 'a.bin').slice(0, 50),
    ]) {
      const sending = new Upload(`${server.url}/`, { 'content-length': '100000' });
      await sending.write(start);
      sending.abort();
    }
    expect((await upload(`${server.url}/?_action=large`, MEBIBYTE)).status).toBe(200);
    await expectNothingLeft(server);
  });

  it('ended by kill -9 of the server leaves nothing on disk', async () => {
    const server = await startServer();
    const sending = await underWay(server, '/?_action=large');
    await server.kill();
    expect(await server.names()).toEqual([]);
    await expect(sending.answer).rejects.toThrow();
  });
});

describe('an upload whose action fails', () => {
  it.each([
    ['that is not valid', '/?_action=refuses', 400],
    ['whose handler throws', '/?_action=fails', 500],
  ])('%s leaves nothing', async (_what, path, status) => {
    const server = await sharedServer();
    expect((await upload(server.url + path, 3 * MEBIBYTE)).status).toBe(status);
    await expectNothingLeft(server);
  });
});

describe('the token and the files', () => {
  async function visitor() {
    const server = await sharedServer({ CSRF: 'token' });
    const page = await fetch(`${server.url}/token`);
    const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { server, token: await page.text(), cookie };
  }

  it('a token before the files lets them in', async () => {
    const { server, token, cookie } = await visitor();
    const sending = new Upload(`${server.url}/?_action=large`, { 'transfer-encoding': 'chunked', cookie });
    await sending.write(field('PORTICO_CSRF_TOKEN', token) + fileHead('file', 'a.bin'));
    await sending.writeContent(MEBIBYTE);
    await sending.write(END);
    sending.end();
    expect((await sending.answer).status).toBe(200);
  });

  it('a token after the files is refused with a clear message, and the files are not stored', async () => {
    const { server, token, cookie } = await visitor();
    const sending = new Upload(`${server.url}/?_action=large`, { 'transfer-encoding': 'chunked', cookie });
    await sending.write(fileHead('file', 'a.bin'));
    await sending.writeContent(2 * MEBIBYTE);
    const { status, text } = await sending.answer;
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      code: 'CSRF_FAILED',
      message: expect.stringMatching(/PORTICO_CSRF_TOKEN.*before any file/),
    });
    await sending.write(`\r\n${field('PORTICO_CSRF_TOKEN', token)}${END}`);
    await expectNothingLeft(server);
    sending.abort();
  });

  it('a token in the header lets them in wherever they stand', async () => {
    const { server, token, cookie } = await visitor();
    const { status } = await upload(`${server.url}/?_action=large`, MEBIBYTE, {
      cookie,
      'x-csrf-token': token,
    });
    expect(status).toBe(200);
  });

  it('the action named after the files is not found: the form is the page’s', async () => {
    const server = await sharedServer();
    const sending = new Upload(`${server.url}/`, { 'transfer-encoding': 'chunked' });
    await sending.write(`${fileHead('file', 'a.bin')}content\r\n${field('action', 'large')}${END}`);
    sending.end();
    const { text } = await sending.answer;
    expect(JSON.parse(text)).toEqual({});
  });
});
