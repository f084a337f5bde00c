import { createServer as createHttp2, connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { readdirSync, readlinkSync } from 'node:fs';
import { createPortico, defineAction } from 'portico';
import { toNodeListener } from 'portico/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

const quiet = { error: () => undefined, warn: () => undefined };

function site() {
  const calls: unknown[] = [];
  const actions = {
    save: defineAction({
      accept: 'any',
      input: z.object({ title: z.string() }),
      handler: (input) => void calls.push(input),
    }),
    go: defineAction({ accept: 'form', handler: (_input, ctx) => ctx.redirect('/tags/naïve ☃\ud800') }),
    breaksOff: defineAction({
      accept: 'form',
      input: z.object({ file: z.file() }),
      handler: ({ file }) => {
        calls.push(file.size);
        return new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode('half')),
            pull: (controller) => controller.error(new Error('The disk is gone.')),
          }),
        );
      },
    }),
  };
  const portico = createPortico({ actions, logger: quiet, ...production });
  const pages = (request: Request): Response => Response.json({ url: request.url });
  return { portico, pages, calls };
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Sends text and gives the status line and whether the connection ended in good order. */
function exchange(url: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

describe('requests that two programs read differently', () => {
  it('two Host headers are refused (RFC 9112 section 3.2)', async () => {
    const { portico, pages } = site();
    const { url } = await serve(portico, { pages });
    const hosts = `Host: ${new URL(url).host}\r\nhost: evil.example\r\nConnection: close\r\n\r\n`;
    for (const target of ['/page', '/_actions/save']) {
      expect(await exchange(url, `GET ${target} HTTP/1.1\r\n${hosts}`)).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  it('behind a # stands no query: the page is the one that URL parsers see', async () => {
    const { portico, pages, calls } = site();
    const { url } = await serve(portico, { pages });
    const { body } = await sendRaw(url, 'POST /page#x?_action=save', FORM, 'title=x');
    expect(JSON.parse(body)).toEqual({ url: `${url}/page` });
    expect(calls).toEqual([]);
  });

  it.each([
    '//evil.example/_actions/save',
    '/./_actions/save',
    '/x/../_actions/save',
    '/%5f/..%2f_actions/save',
  ])('the target %s is a page and no action', async (target) => {
    const { portico, pages, calls } = site();
    const { url } = await serve(portico, { pages });
    const { body } = await sendRaw(url, `POST ${target}`, FORM, 'title=x');
    expect(new URL((JSON.parse(body) as { url: string }).url).origin).toBe(url);
    expect(calls).toEqual([]);
  });

  it('the absolute form of a target is its path', async () => {
    const { portico, pages, calls } = site();
    const { url } = await serve(portico, { pages });
    expect((await sendRaw(url, 'POST http://evil.example/_actions/save', FORM, 'title=x')).status).toBe(204);
    expect(calls).toEqual([{ title: 'x' }]);
  });

  it.each(['gzip', 'br', 'identity, gzip'])('a body with Content-Encoding: %s is 415', async (encoding) => {
    const { portico, calls } = site();
    const { url } = await serve(portico);
    const headers = { ...FORM, 'Content-Encoding': encoding };
    const answer = await sendRaw(url, 'POST /_actions/save', headers, 'title=x');
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(calls).toEqual([]);
  });
});

it('a visitor’s text in a redirect is encoded, whatever letters it has', async () => {
  const { portico } = site();
  const { agent } = await serve(portico);
  const answer = await agent().post('/page?_action=go', new URLSearchParams());
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    '/tags/na%C3%AFve%20%E2%98%83%EF%BF%BD',
  ]);
});

describe('an answer that breaks off', () => {
  it('leaves no descriptor of an upload behind, and does not look like a whole one', async () => {
    const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => reported.mockRestore());
    const { portico, calls } = site();
    const { url } = await serve(portico);
    const before = uploads();
    const ask = async (send: typeof fetch): Promise<void> => {
      const body = new FormData();
      body.set('file', new File([new Uint8Array(600_000)], 'a.bin'));
      const headers = { 'sec-fetch-site': 'same-origin' };
      const answer = await send(`${url}/?_action=breaksOff`, { method: 'POST', body, headers });
      await expect(answer.text()).rejects.toThrow();
    };
    for (let time = 0; time < 3; time++) {
      await ask(fetch);
      await ask((input, init) => portico.fetch(new Request(input as string, init)));
    }
    expect(calls).toEqual(new Array(6).fill(600_000));
    await expect.poll(uploads).toBe(before);
  });

  it('a HEAD request lets go of the body that nobody reads', async () => {
    const cancelled = vi.fn();
    const download = defineAction({
      method: 'GET',
      handler: () => new Response(new ReadableStream({ pull: () => undefined, cancel: cancelled })),
    });
    const portico = createPortico({ actions: { download }, ...production });
    const answer = await portico.fetch(new Request('http://localhost/actions/download', { method: 'HEAD' }));
    expect([answer.status, answer.body]).toEqual([200, null]);
    await expect.poll(() => cancelled.mock.calls.length).toBe(1);
  });
});

/** How many temporary files of uploads are open. */
function uploads(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return /portico-.*deleted/.test(readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      return false;
    }
  }).length;
}

describe('HTTP/2', () => {
  it('pages, calls and forms answer as over HTTP/1', async () => {
    const { portico, pages, calls } = site();
    const server = createHttp2({}, toNodeListener(portico, { pages }) as never);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    const client = connectHttp2(url);
    onTestFinished(() => {
      client.close();
      server.close();
    });
    const ask = (headers: Record<string, string>, body?: string): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const stream = client.request(headers);
        let status = 0;
        let text = '';
        stream.on('response', (head) => (status = Number(head[':status'])));
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => resolve({ status, text }));
        stream.on('error', reject);
        stream.end(body);
      });
    const post = { ':method': 'POST', 'content-type': FORM['Content-Type'], cookie: 'a=b' };
    expect(await ask({ ':path': '/page' })).toEqual({ status: 200, text: `{"url":"${url}/page"}` });
    expect(await ask({ ...post, ':path': '/_actions/save', origin: url }, 'title=x')).toMatchObject({
      status: 204,
    });
    expect(await ask({ ...post, ':path': '/page?_action=save', origin: url }, 'title=x')).toMatchObject({
      status: 303,
    });
    const foreign = { ...post, ':path': '/_actions/save', origin: 'http://evil.example' };
    expect(await ask(foreign, 'title=x')).toMatchObject({ status: 403 });
    expect(calls).toHaveLength(2);
  });
});
