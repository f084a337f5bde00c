import { form, json } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue, matches } from '../check.ts';
import { readAnswer } from '../host-answer.ts';
import { answerOf } from '../visitor.ts';

/** Answers that are not JSON of ours: files, streams, errors, statuses. */
export const answers: readonly ConformanceCase[] = casesOf('answers', 'plain', [
  [
    'a Response of a handler is sent as it is',
    async (site) => {
      const sent = [
        await site.visitor().get(site.controller('download')),
        await site.visitor().post(site.form('form', 'download'), form({})),
      ];
      for (const { status, headers, text } of sent) {
        equal(
          'answer',
          [status, headers['content-type'], headers['content-disposition'], text],
          [200, 'text/csv', 'attachment; filename="a.csv"', 'a,b\r\n1,2\r\n'],
        );
      }
    },
  ],
  [
    'a stream goes out while it is made',
    async (site) => {
      const id = site.unique();
      const sending = site.visitor().open(`${site.controller('stream')}?id=${id}`, { method: 'GET' });
      const answered = answerOf(sending);
      sending.end();
      const message = await answered;
      const first = await new Promise<string>((resolve) => {
        message.once('data', (chunk: Buffer) => {
          message.pause();
          resolve(chunk.toString());
        });
      });
      // Only now does the server make the rest.
      await site.note(`end:${id}`);
      const rest = await readAnswer(message);
      equal('both halves', first + rest.text, 'first half, second half');
    },
  ],
  [
    'status and headers of a handler',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('accepted'), json({}));
      equal('answer', [answer.status, answer.headers['x-conformance']], [202, 'one, two']);
    },
  ],
  [
    'cookies of an action are a line each',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('sign'), json({ name: 'Ada' }));
      has('cookies', answer.cookiePairs, {
        0: 'conformance-one=Ada',
        1: 'conformance-two=2%2C%20and%20more',
      });
      equal('three of them', answer.cookies.length, 3);
    },
  ],
  [
    'an action that throws is 500 without its secrets',
    async (site) => {
      const rpc = await site.visitor().post(site.rpc('boom'), json({}));
      has('rpc', { status: rpc.status, ...rpc.json }, { status: 500, code: 'INTERNAL_SERVER_ERROR' });
      matches('requestId', String(rpc.json['requestId']), /^[\w-]{16,}$/);
      const page = await site.visitor().post(site.form('form', 'boom'), form({}));
      equal('page', page.status, 500);
      equal(
        'told',
        [rpc, page].map(({ text }) => text.includes('a secret of the server')),
        [false, false],
      );
    },
    'production',
  ],
  [
    'work after the answer goes on',
    async (site) => {
      const id = site.unique();
      const answer = await site.visitor().post(site.rpc('later'), json({ id }));
      equal('answer', [answer.status, await site.seen(`later:${id}`)], [200, false]);
      await site.note(`end:${id}`);
      isTrue('it came to its end', await site.until(`later:${id}`));
    },
  ],
]);
