import { content, form, json, bytes } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue } from '../check.ts';
import type { Site } from '../site.ts';
import { answerOf } from '../visitor.ts';

/** One visitor's mixed requests; what they answer. */
async function mixed(site: Site, index: number): Promise<unknown[]> {
  const visitor = site.visitor();
  const name = `visitor ${index}`;
  switch (index % 5) {
    case 0:
      return [(await visitor.post(site.rpc('sign'), json({ name }))).json['name'], name];
    case 1: {
      const failed = await visitor.post(site.form('form'), form({ _form: 'first', name: '', note: name }));
      return [(failed.page['first'] as { values: { note: string } }).values.note, name];
    }
    case 2: {
      await visitor.post(site.form('form'), form({ name }));
      return [(await visitor.get(site.page('form'))).page['name'], name];
    }
    case 3:
      return [(await visitor.get(site.page('count'))).page['count'], 1];
    default:
      return [(await visitor.post(site.rpc('json'), bytes('application/json', content(50_000)))).status, 413];
  }
}

/** Clients that go away, that refuse to, and many at once. */
export const connections: readonly ConformanceCase[] = casesOf('connections', 'plain', [
  [
    'ctx.signal aborts when the client goes away',
    async (site) => {
      const id = site.unique();
      const body = json({ id });
      const sending = site.visitor().open(site.rpc('slow'), {
        headers: { 'content-type': body.type, 'content-length': String(body.bytes.length) },
      });
      sending.end(body.bytes);
      isTrue('the handler runs', await site.until(`slow:${id}`));
      sending.destroy();
      isTrue('it is told', await site.until(`gone:${id}`));
    },
    'abort',
  ],
  [
    'a stream whose reader goes away is cancelled',
    async (site) => {
      const id = site.unique();
      const sending = site.visitor().open(`${site.controller('stream')}?id=${id}`, { method: 'GET' });
      const answered = answerOf(sending);
      sending.end();
      const message = await answered;
      message.on('error', () => undefined);
      await new Promise((resolve) => message.once('data', resolve));
      message.destroy();
      isTrue('it is told', await site.until(`cancelled:${id}`));
    },
    'abort',
  ],
  [
    'a client that goes away in the middle of its body does no harm',
    async (site) => {
      const name = site.unique();
      const sending = site.visitor().open(site.form('form'), {
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1000' },
      });
      await new Promise<void>((resolve) => sending.write(`name=${name}`, () => resolve()));
      sending.destroy();
      equal('the next request', (await site.visitor().get(site.rpc('info'))).status, 200);
      equal('ran', await site.seen(`signed:${name}`), false);
    },
  ],
  [
    'a client that keeps its connection goes on after a body that was refused',
    async (site) => {
      const visitor = site.visitor({ keepAlive: true });
      try {
        const refused = await visitor.post(site.rpc('json'), bytes('application/json', content(50_000)));
        equal('refused', refused.status, 413);
        for (let turn = 0; turn < 10; turn++) {
          const name = `turn ${turn}`;
          const answer = await visitor.post(site.rpc('sign'), json({ name }));
          has(name, { status: answer.status, ...answer.json }, { status: 200, name });
        }
      } finally {
        visitor.close();
      }
    },
  ],
  [
    'a hundred mixed requests at once',
    async (site) => {
      const all = await Promise.all(Array.from({ length: 100 }, (_, index) => mixed(site, index)));
      equal(
        'answers',
        all.map(([actual]) => actual),
        all.map(([, expected]) => expected),
      );
    },
  ],
]);
