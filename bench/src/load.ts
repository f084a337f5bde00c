import { connect, type Socket } from 'node:net';
import type { BenchAnswer, BenchCase } from './cases.ts';

/** Sends one case's request over and over on kept-alive connections for `milliseconds`; returns how many were answered. */
export async function load(bench: BenchCase, port: number, milliseconds: number): Promise<number> {
  const payload = bench.request(port);
  const until = performance.now() + milliseconds;
  const counts = await Promise.all(
    Array.from({ length: bench.connections }, () => drive(bench, payload, port, until)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** One request, its answer checked. */
export async function ask(bench: BenchCase, port: number): Promise<void> {
  await drive(bench, bench.request(port), port, 0);
}

function drive(bench: BenchCase, payload: Buffer, port: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let count = 0;
    let received: Buffer = Buffer.alloc(0);
    let length = -1;
    const next = (answer: Buffer): void => {
      // Every answer has its length; the first of each connection and every 64th is read.
      if (count % 64 === 0) bench.check(parse(answer));
      count++;
      if (performance.now() < until) {
        socket.write(payload);
        return;
      }
      socket.end();
      resolve(count);
    };
    const take = (chunk: Buffer): void => {
      // All answers of a case are equally long. Told by that alone, so that the load costs less than what it measures.
      if (received.byteLength === 0 && chunk.byteLength === length) return next(chunk);
      received = received.byteLength === 0 ? chunk : Buffer.concat([received, chunk]);
      const whole = answerLength(received);
      if (whole < 0 || received.byteLength < whole) return;
      const answer = received.subarray(0, whole);
      received = received.subarray(whole);
      length = whole;
      next(answer);
    };
    socket.once('error', reject);
    socket.on('connect', () => socket.write(payload));
    socket.on('data', (chunk) => {
      try {
        take(chunk);
      } catch (error) {
        socket.destroy();
        reject(error as Error);
      }
    });
  });
}

function answerLength(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return -1;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  if (!length) throw new Error(`An answer without Content-Length: ${head}`);
  return end + 4 + Number(length[1]);
}

function parse(bytes: Buffer): BenchAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('latin1', 0, end);
  return { status: Number(head.slice(9, 12)), head, body: bytes.toString('utf8', end + 4) };
}
