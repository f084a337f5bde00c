import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { content, multipart, type SentBody } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, NotApplicable } from '../check.ts';
import { readAnswer } from '../host-answer.ts';
import type { Site } from '../site.ts';
import { answerOf } from '../visitor.ts';

const MEBIBYTE = 1_048_576;

function upload(size: number, filename = 'a.bin'): { body: SentBody; sha256: string } {
  const file = content(size);
  return {
    body: multipart({ name: 'note', value: 'first' }, { name: 'file', filename, content: file }),
    sha256: createHash('sha256').update(file).digest('hex'),
  };
}

/** Waits until no temporary file is open any more. */
async function untilClosed(site: Site): Promise<number> {
  const deadline = Date.now() + 4_000;
  for (;;) {
    const open = await site.openUploads();
    if (open === null) throw new NotApplicable('this system does not tell which files are open');
    if (open === 0 || Date.now() > deadline) return open;
    await pause(10);
  }
}

/** Files: streamed, refused, aborted. */
export const uploads: readonly ConformanceCase[] = casesOf('uploads', 'plain', [
  [
    'a file of 4 MiB arrives as it was sent, by Content-Length and in chunks',
    async (site) => {
      const { body, sha256 } = upload(4 * MEBIBYTE);
      for (const chunked of [false, true]) {
        const answer = await site.visitor().post(site.rpc('upload'), body, { chunked });
        equal('answer', answer.json, { note: 'first', name: 'a.bin', size: 4 * MEBIBYTE, sha256 });
      }
    },
  ],
  [
    'a file on the page door, with its name in UTF-8',
    async (site) => {
      const { body, sha256 } = upload(1_000, 'Übersicht „neu“.pdf');
      const headers = { accept: 'application/json' };
      const answer = await site.visitor().post(site.form('form', 'upload'), body, { headers });
      has('answer', answer.json, { name: 'Übersicht „neu“.pdf', size: 1_000, sha256 });
    },
  ],
  [
    'a client that waits for 100 Continue is told to go on',
    async (site) => {
      const { body, sha256 } = upload(10_000);
      const sending = site.visitor().open(site.rpc('upload'), {
        headers: {
          expect: '100-continue',
          'content-type': body.type,
          'content-length': String(body.bytes.length),
        },
      });
      const answered = answerOf(sending);
      await Promise.race([new Promise((resolve) => sending.once('continue', resolve)), answered]);
      sending.end(body.bytes);
      has('answer', (await readAnswer(await answered)).json, { sha256 });
    },
  ],
  [
    'an empty file input is no file',
    async (site) => {
      const body = multipart({ name: 'file', filename: '', content: Buffer.alloc(0) });
      const answer = await site.visitor().post(site.rpc('upload'), body);
      has(
        'answer',
        { status: answer.status, ...answer.json },
        { status: 400, fields: { file: ['Say a file.'] } },
      );
    },
  ],
  [
    'a file that is too large is refused before its end, and nothing stays',
    async (site) => {
      const { body } = upload(12 * MEBIBYTE);
      const answer = await site.visitor().post(site.rpc('upload'), body, { chunked: true });
      equal('status', answer.status, 413);
      equal('temporary files', await untilClosed(site), 0);
    },
  ],
  [
    'an upload that is broken off leaves nothing, and the server goes on',
    async (site) => {
      const { body } = upload(4 * MEBIBYTE);
      const sending = site.visitor().open(site.rpc('upload'), {
        headers: { 'content-type': body.type, 'content-length': String(body.bytes.length) },
      });
      await new Promise<void>((resolve) =>
        sending.write(body.bytes.subarray(0, 3 * MEBIBYTE), () => resolve()),
      );
      sending.destroy();
      equal('temporary files', await untilClosed(site), 0);
      equal('the next request', (await site.visitor().get(site.rpc('info'))).status, 200);
    },
  ],
]);
