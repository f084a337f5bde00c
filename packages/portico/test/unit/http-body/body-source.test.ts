import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { BodyAborted } from '../../../src/http/body/body-errors.ts';
import { BufferedBody } from '../../../src/http/body/buffered-body.ts';
import type { BodySource } from '../../../src/http/incoming.ts';
import { nodeBody } from '../../../src/http/body/node-body.ts';
import { webBody } from '../../../src/http/body/web-body.ts';
import { bytesOf, posted, served, streamOf, textOf } from './bodies.ts';

type WithBody = <T>(parts: readonly Uint8Array[], use: (body: BodySource) => Promise<T>) => Promise<T>;

const lengthOf = (req: IncomingMessage): number | undefined =>
  req.headers['content-length'] === undefined ? undefined : Number(req.headers['content-length']);

const sources: Record<string, WithBody> = {
  'node, Content-Length': (parts, use) =>
    posted(parts, 'declared', (req) => use(nodeBody(req, lengthOf(req)))),
  'node, chunked': (parts, use) => posted(parts, 'chunked', (req) => use(nodeBody(req, undefined))),
  'web, stream': (parts, use) =>
    use(
      webBody(
        new Request('http://test/', {
          method: 'POST',
          body: streamOf(parts),
          duplex: 'half',
        } as RequestInit),
      ),
    ),
  'web, Content-Length': (parts, use) => {
    const body = Buffer.concat(parts);
    const headers = { 'content-length': String(body.length) };
    return use(webBody(new Request('http://test/', { method: 'POST', body, headers })));
  },
};

async function piped(body: BodySource, wait = false): Promise<string> {
  const chunks: Uint8Array[] = [];
  let running = 0;
  await body.pipe(async (chunk) => {
    expect(++running).toBe(1);
    if (wait) await new Promise((resolve) => setImmediate(resolve));
    chunks.push(chunk);
    running--;
  });
  return textOf(Buffer.concat(chunks));
}

const reads: Record<string, (body: BodySource) => Promise<string>> = {
  read: async (body) => textOf(await body.read(1e7)),
  pipe: (body) => piped(body),
  'slow pipe': (body) => piped(body, true),
  stream: (body) => new Response(body.stream()).text(),
  Request: (body) =>
    new Request('http://test/', {
      method: 'POST',
      body: body.stream(),
      duplex: 'half',
    } as RequestInit).text(),
};

const peeks: Record<string, (body: BodySource) => Promise<unknown>> = {
  nothing: () => Promise.resolve(),
  'some bytes': (body) => body.peek(65_536, (bytes) => bytes.length >= 10),
  'up to the limit': (body) => body.peek(20, () => false),
  everything: (body) => body.peek(1e7, () => false),
  'the stream, not pulled': (body) => Promise.resolve(body.stream()),
  'all of it by read': (body) => body.read(1e7),
  'twice at a time': (body) => Promise.all([body.peek(20, () => false), body.peek(30, () => false)]),
};

const small = [bytesOf('abcdefghij'), bytesOf('klmnopqrstuvwxyz')];
const large = Array.from({ length: 40 }, (_, index) => new Uint8Array(50_000).fill(65 + (index % 26)));

for (const [sourceName, withBody] of Object.entries(sources)) {
  describe(sourceName, () => {
    for (const [peekName, peek] of Object.entries(peeks)) {
      test.each(Object.entries(reads))(`after ${peekName}, %s gives the body whole`, async (_name, read) => {
        for (const parts of [small, large]) {
          const text = await withBody(parts, async (body) => {
            await peek(body);
            return read(body);
          });
          expect(text === textOf(Buffer.concat(parts))).toBe(true);
        }
      });
    }

    test('peek stops at enough, at the limit, at the end, and tells the end', async () => {
      await withBody(small, async (body) => {
        const ends: boolean[] = [];
        const first = await body.peek(1000, (bytes, ended) => {
          ends.push(ended);
          return bytes.length >= 1;
        });
        expect(first.length).toBeGreaterThanOrEqual(1);
        const all = await body.peek(1000, (_bytes, ended) => {
          ends.push(ended);
          return false;
        });
        expect(textOf(all)).toBe('abcdefghijklmnopqrstuvwxyz');
        expect(ends.at(-1)).toBe(true);
      });
    });

    test('an error thrown by enough rejects, and the body stays', async () => {
      await withBody(small, async (body) => {
        const failing = body.peek(1000, () => {
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow('no');
        expect(await reads['read']?.(body)).toBe('abcdefghijklmnopqrstuvwxyz');
      });
    });

    test('read refuses more than its limit', async () => {
      await withBody(large, async (body) => {
        await expect(body.read(100_000)).rejects.toMatchObject({
          code: 'CONTENT_TOO_LARGE',
          message: expect.stringMatching(/97\.7 KiB.*`body\.maxBytes`/),
        });
      });
      await withBody(small, async (body) => {
        expect((await body.read(26)).length).toBe(26);
        await expect(body.read(25)).rejects.toMatchObject({ status: 413 });
      });
    });

    test('a throwing sink stops the reading', async () => {
      await withBody(large, async (body) => {
        let calls = 0;
        const piping = body.pipe(() => {
          calls++;
          throw new Error('enough');
        });
        await expect(piping).rejects.toThrow('enough');
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(calls).toBe(1);
      });
    });

    test('what was piped or streamed away cannot be read again', async () => {
      await withBody(large, async (body) => {
        await body.pipe(() => undefined);
        await expect(body.read(1e7)).rejects.toThrow(/already read by a streaming reader/);
        await expect(new Response(body.stream()).text()).rejects.toThrow(/already read/);
      });
      await withBody(large, async (body) => {
        await new Response(body.stream()).text();
        await expect(body.peek(10, () => true)).rejects.toThrow(
          /already read by a reader of the web Request/,
        );
      });
    });
  });
}

describe('node', () => {
  test('a request without a body has none', async () => {
    const send = (socket: Socket): void => {
      socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
    };
    await served(send, async (req) => {
      const body = nodeBody(req, undefined);
      expect(body.stream()).toBeNull();
      expect((await body.read(10)).length).toBe(0);
    });
  });

  test.each(['read', 'pipe', 'slow pipe', 'stream'])(
    'a client that goes away: %s rejects with BodyAborted',
    async (how) => {
      const failure = await served(
        (socket) => {
          socket.write('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nabc');
          setTimeout(() => socket.destroy(), 10);
        },
        async (req) => {
          const body = nodeBody(req, 100_000);
          return reads[how]?.(body).catch((error: unknown) => error);
        },
      );
      expect(failure).toBeInstanceOf(BodyAborted);
    },
  );

  test('an abort between peek and read is not missed', async () => {
    const failure = await served(
      (socket) => {
        socket.write('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nabc');
        setTimeout(() => socket.destroy(), 10);
      },
      async (req) => {
        const body = nodeBody(req, 100_000);
        await body.peek(10, () => true);
        await new Promise((resolve) => req.once('close', resolve));
        return body.read(1e6).catch((error: unknown) => error);
      },
    );
    expect(failure).toBeInstanceOf(BodyAborted);
  });

  test('a body over its announced limit is refused before a byte is read', async () => {
    const read = await served(
      (socket) => socket.write('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5000000\r\n\r\n'),
      async (req) => {
        await expect(nodeBody(req, 5_000_000).read(1_048_576)).rejects.toMatchObject({
          status: 413,
          message: expect.stringContaining('1 MiB'),
        });
        return req.readableDidRead;
      },
    );
    expect(read).toBe(false);
  });

  test('over the limit it stops taking from the connection', async () => {
    const bytesRead = await served(
      (socket) => {
        socket.write('POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n');
        for (let index = 0; index < 50; index++) {
          socket.write('f4240\r\n');
          socket.write(Buffer.alloc(1_000_000));
          socket.write('\r\n');
        }
      },
      async (req) => {
        await expect(nodeBody(req, undefined).read(100_000)).rejects.toMatchObject({ status: 413 });
        // Turns of the event loop, in each of which a reader that goes on would take more.
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
        return req.socket.bytesRead;
      },
    );
    expect(bytesRead).toBeLessThan(1_000_000);
  });

  test('lent chunks are freed when the sink is done with them, piped ones stay', async () => {
    for (const how of ['lend', 'pipe'] as const) {
      await posted(large, 'declared', async (req) => {
        const body = nodeBody(req, lengthOf(req));
        if (!(body instanceof BufferedBody)) throw new Error('not a BufferedBody');
        const chunks: Uint8Array[] = [];
        let size = 0;
        await body[how](async (chunk) => {
          chunks.push(chunk);
          await new Promise((resolve) => setImmediate(resolve));
          size += chunk.length;
        });
        expect(size).toBe(2_000_000);
        const kept = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        expect(kept).toBe(how === 'lend' ? 0 : size);
      });
    }
  });

  test('a body that came with its headers is read without waiting, once the turn is over', async () => {
    await posted([bytesOf('abc')], 'declared', async (req) => {
      const body = nodeBody(req, 3);
      while (req.readableLength < 3) await new Promise((resolve) => setImmediate(resolve));
      expect(body.readArrived(2)).toBeUndefined();
      await expect(body.read(2)).rejects.toMatchObject({ status: 413 });
      const bytes = body.readArrived(3);
      expect(bytes && textOf(bytes)).toBe('abc');
      expect(body.isUnfinished).toBe(false);
      expect(body.putBack()).toBe(false);
      expect(textOf(await body.read(3))).toBe('abc');
      expect(await reads['stream']?.(body)).toBe('abc');
      await new Promise((resolve) => req.once('close', resolve).resume());
    });
  });

  test('a body of which a part is missing has not arrived', async () => {
    await posted(large, 'declared', async (req) => {
      const body = nodeBody(req, lengthOf(req));
      expect(body.readArrived(1e7)).toBeUndefined();
      expect((await body.read(1e7)).length).toBe(2_000_000);
    });
  });

  test('a body that somebody else has read says so', async () => {
    await posted(small, 'declared', async (req) => {
      for await (const _chunk of req);
      await expect(nodeBody(req, 26).read(100)).rejects.toThrow(/before body parsers/);
    });
  });

  const readers: Record<string, (req: IncomingMessage) => Promise<string>> = {
    listeners: (req) =>
      new Promise((resolve) => {
        let text = '';
        req.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => resolve(text));
      }),
    'late listeners': async (req) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return readers['listeners']?.(req) ?? '';
    },
    iteration: async (req) => Buffer.concat((await req.toArray()) as Buffer[]).toString(),
  };
  test.each(Object.entries(readers))('putBack gives a peeked body back to %s', async (_name, read) => {
    for (const parts of [small, large]) {
      for (const peek of [peeks['nothing'], peeks['some bytes'], peeks['everything']]) {
        await posted(parts, 'declared', async (req) => {
          const body = nodeBody(req, lengthOf(req));
          await peek?.(body);
          expect(body.putBack()).toBe(true);
          expect((await read(req)) === textOf(Buffer.concat(parts))).toBe(true);
        });
      }
    }
  });

  test('putBack says when it cannot', async () => {
    await posted(small, 'chunked', async (req) => {
      const body = nodeBody(req, undefined);
      await body.peek(1000, () => false);
      expect(body.putBack()).toBe(false);
      expect(await reads['stream']?.(body)).toBe('abcdefghijklmnopqrstuvwxyz');
    });
  });

  test('the connection serves the next request after a body was peeked and read', async () => {
    let requests = 0;
    const server = createServer(async (req, res) => {
      const body = nodeBody(req, lengthOf(req));
      await body.peek(1000, () => true);
      const text = textOf(await body.read(1000));
      res.end(`${++requests} ${text}`);
    }).listen(0);
    await once(server, 'listening');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const call = (payload: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const { port } = server.address() as AddressInfo;
        request({ port, agent, method: 'POST', headers: { 'content-length': payload.length } }, (res) => {
          void res
            .toArray()
            .then((chunks: unknown[]) => resolve(Buffer.concat(chunks as Buffer[]).toString()), reject);
        })
          .on('error', reject)
          .end(payload);
      });
    expect([await call('one'), await call('two'), await call('three')]).toEqual([
      '1 one',
      '2 two',
      '3 three',
    ]);
    agent.destroy();
    server.close();
  });
});

describe('web', () => {
  test('a stream that fails rejects with BodyAborted', async () => {
    const failing = (): ReadableStream =>
      new ReadableStream({
        start: (controller) => controller.enqueue(bytesOf('abc')),
        pull: (controller) => controller.error(new Error('gone')),
      });
    for (const read of Object.values(reads)) {
      const body = webBody(
        new Request('http://test/', { method: 'POST', body: failing(), duplex: 'half' } as RequestInit),
      );
      const failure = await read(body).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(BodyAborted);
    }
  });

  test('a used Request says so', async () => {
    const request = new Request('http://test/', { method: 'POST', body: 'abc' });
    await request.text();
    await expect(webBody(request).read(10)).rejects.toThrow(/before body parsers/);
  });

  test('a body larger than it announces is refused all the same', async () => {
    const request = new Request('http://test/', {
      method: 'POST',
      body: 'x'.repeat(1000),
      headers: { 'content-length': '5' },
    });
    await expect(webBody(request).read(100)).rejects.toMatchObject({ status: 413 });
  });

  test.each(['GET', 'HEAD'])('%s has no body', async (method) => {
    const body = webBody(new Request('http://test/', { method }));
    expect(body.stream()).toBeNull();
    expect((await body.read(10)).length).toBe(0);
  });
});
