import { bytes, content, form, json, multipart, type SentBody } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue } from '../check.ts';
import { CONFORMANCE_ECHO } from '../pages.ts';
import type { Site } from '../site.ts';

const large = content(300_000);

/** What is handed to the host, whole. */
const NOT_OURS: ReadonlyArray<readonly [name: string, make: () => SentBody]> = [
  ['urlencoded', () => form({ a: '1', b: 'é', action: 'search' })],
  ['urlencoded, 300 KB', () => form({ text: 'abc '.repeat(75_000), action: 'conformance/sign' })],
  ['JSON', () => json({ action: 'conformance/sign', a: [1, 2] })],
  ['JSON, 300 KB', () => json({ text: 'abc '.repeat(75_000) })],
  ['multipart with a file of 300 KB', () => multipart({ name: 'file', filename: 'a.bin', content: large })],
  [
    'multipart, the name of an action behind the file',
    () =>
      multipart(
        { name: 'file', filename: 'a.bin', content: large },
        { name: 'action', value: 'conformance/sign' },
      ),
  ],
  ['bytes, 1 MB', () => bytes('application/octet-stream', content(1_000_000))],
];

async function refused(
  site: Site,
  path: string,
  body: SentBody,
  status: number,
  code: string,
): Promise<void> {
  const answer = await site.visitor().post(path, body, { headers: { accept: 'application/json' } });
  has('answer', { status: answer.status, ...answer.json }, { status, code });
  equal('the next request', (await site.visitor().get(site.rpc('info'))).status, 200);
}

const ours = casesOf('bodies', 'plain', [
  [
    'malformed JSON is 400',
    (site) => refused(site, site.rpc('json'), bytes('application/json', '{"a":'), 400, 'BAD_REQUEST'),
  ],
  [
    'malformed multipart is 400',
    (site) =>
      refused(
        site,
        site.rpc('upload'),
        bytes('multipart/form-data; boundary=x', '--x\r\nno head'),
        400,
        'BAD_REQUEST',
      ),
  ],
  [
    'multipart without a boundary is 400',
    (site) => refused(site, site.rpc('upload'), bytes('multipart/form-data', 'anything'), 400, 'BAD_REQUEST'),
  ],
  [
    'a type that the action does not take is 415',
    async (site) => {
      await refused(site, site.rpc('json'), form({ a: '1' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
      await refused(site, site.rpc('sign'), bytes('text/csv', 'a,b'), 415, 'UNSUPPORTED_MEDIA_TYPE');
    },
  ],
  [
    'an empty body is no error where nothing is asked for',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('accepted'));
      equal('answer', [answer.status, answer.json], [202, { accepted: true }]);
    },
  ],
  [
    'more than is allowed is 413, by Content-Length',
    (site) => refused(site, site.rpc('json'), json('x'.repeat(2_000)), 413, 'CONTENT_TOO_LARGE'),
  ],
  [
    'more than is allowed is 413, in chunks',
    async (site) => {
      const body = json('x'.repeat(100_000));
      const answer = await site.visitor().post(site.rpc('json'), body, { chunked: true });
      has('answer', { status: answer.status, ...answer.json }, { status: 413, code: 'CONTENT_TOO_LARGE' });
    },
  ],
  [
    'the answer to 20 MB that are refused arrives',
    (site) =>
      refused(
        site,
        site.rpc('json'),
        bytes('application/json', content(20_000_000)),
        413,
        'CONTENT_TOO_LARGE',
      ),
  ],
  [
    'a body without a Content-Length is read',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('json'), json({ a: 1 }), { chunked: true });
      equal('answer', [answer.status, answer.json], [200, { got: { a: 1 } }]);
    },
  ],
]);

const notOurs = casesOf(
  'bodies, not ours',
  'plain',
  NOT_OURS.map(([name, make]) => [
    `${name}, reaches the host whole`,
    async (site) => {
      const body = make();
      for (const chunked of [false, true]) {
        const answer = await site.visitor().post(site.base + CONFORMANCE_ECHO, body, { chunked });
        const how = chunked ? 'in chunks' : 'by Content-Length';
        equal(`${how}, status and length`, [answer.status, answer.bytes.length], [200, body.bytes.length]);
        isTrue(`${how}, the same bytes`, answer.bytes.equals(body.bytes));
      }
    },
    'echo',
  ]),
);

const parsed = casesOf('bodies, parsed by the host before', 'parsed', [
  [
    'JSON for a typed call',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('json'), json({ a: { b: ['ä', 1, null] } }));
      equal('answer', [answer.status, answer.json], [200, { got: { a: { b: ['ä', 1, null] } } }]);
    },
  ],
  [
    'a form at each of its doors',
    async (site) => {
      const headers = { accept: 'application/json' };
      const sent = { name: 'Ada & co', note: 'a=b', _form: 'first' };
      const answers = [
        await site.visitor().post(site.rpc('sign'), form(sent), { headers }),
        await site.visitor().post(site.form('form'), form(sent), { headers }),
        await site.visitor().post(site.controller('sign'), form(sent), { headers }),
        await site
          .visitor()
          .post(site.page('form'), form({ ...sent, action: 'conformance/sign' }), { headers }),
      ];
      for (const answer of answers) {
        has(
          'answer',
          { status: answer.status, ...answer.json },
          { status: 200, name: 'Ada & co', note: 'a=b' },
        );
      }
    },
  ],
  [
    'a form that fails is rendered again with what was typed',
    async (site) => {
      const answer = await site
        .visitor()
        .post(site.form('form'), form({ _form: 'first', name: '', note: 'kept' }));
      equal('status', answer.status, 422);
      has('page', answer.page, { first: { values: { note: 'kept' }, nameErrors: ['Say a name.'] } });
    },
  ],
  [
    'multipart, which such middleware leaves alone',
    async (site) => {
      const file = { name: 'file', filename: 'a.bin', content: large };
      const answer = await site.visitor().post(site.rpc('upload'), multipart(file));
      has('answer', { status: answer.status, ...answer.json }, { status: 200, size: large.length });
    },
  ],
  [
    'a limit still holds',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('json'), json({ text: 'x'.repeat(2_000) }));
      equal('status', answer.status, 413);
    },
  ],
]);

/** Bodies: malformed, of another type, too large, not ours, and parsed before we see them. */
export const bodies: readonly ConformanceCase[] = [...ours, ...notOurs, ...parsed];
