import { casesOf, type ConformanceCase } from '../case.ts';
import { form, json } from '../body.ts';
import { equal, has, isTrue, matches } from '../check.ts';

const JSON_PLEASE = { headers: { accept: 'application/json' } };

/** Every way in, and what comes out there. */
export const doors: readonly ConformanceCase[] = casesOf('doors', 'plain', [
  [
    'rpc, POST with JSON',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('sign'), json({ name: 'Ada' }));
      equal('status', answer.status, 200);
      matches('Content-Type', answer.headers['content-type'], /^application\/json\b/);
      has('body', answer.json, { name: 'Ada', door: 'rpc', method: 'POST', path: site.rpc('sign') });
    },
  ],
  [
    'rpc, POST with a form',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('sign'), form({ name: 'Ada', note: 'a\r\nb' }));
      equal('status', answer.status, 200);
      has('body', answer.json, { name: 'Ada', note: 'a\nb', door: 'rpc' });
    },
  ],
  [
    'rpc, GET with its query decoded',
    async (site) => {
      const answer = await site.visitor().get(`${site.rpc('search')}?q=caf%C3%A9+%26&page=2`);
      equal('answer', [answer.status, answer.json], [200, { q: 'café &', page: 2, next: 3 }]);
    },
  ],
  [
    'rpc, GET again with its ETag is 304 without a body',
    async (site) => {
      const first = await site.visitor().get(site.rpc('info'));
      const etag = first.headers.etag ?? '';
      matches('ETag', etag, /^(?:W\/)?".+"$/);
      const again = await site.visitor().get(site.rpc('info'), { headers: { 'if-none-match': etag } });
      equal('answer', [again.status, again.text], [304, '']);
    },
  ],
  [
    'page, a form on its own page',
    async (site) => {
      const answer = await site.visitor().post(site.form('form'), form({ name: 'Ada' }));
      equal('answer', [answer.status, pathOf(answer.headers.location)], [303, site.page('form')]);
    },
  ],
  [
    'page, asked for JSON',
    async (site) => {
      const answer = await site.visitor().post(site.form('form'), form({ name: 'Ada' }), JSON_PLEASE);
      has('answer', { status: answer.status, ...answer.json }, { status: 200, name: 'Ada', door: 'page' });
    },
  ],
  [
    'body field `action`, in kebab case and dotted',
    async (site) => {
      for (const action of ['conformance/save-post', 'conformance.savePost']) {
        const answer = await site.visitor().post(site.page('form'), form({ action, slug: 's' }), JSON_PLEASE);
        has(action, { status: answer.status, ...answer.json }, { status: 200, post: { slug: 's' } });
      }
    },
  ],
  [
    'path, POST with a form and with JSON',
    async (site) => {
      for (const body of [form({ name: 'Ada' }), json({ name: 'Ada' })]) {
        const answer = await site.visitor().post(site.controller('sign'), body, JSON_PLEASE);
        has(body.type, { status: answer.status, ...answer.json }, { status: 200, name: 'Ada', door: 'path' });
      }
    },
  ],
  [
    'path, GET',
    async (site) => {
      const answer = await site.visitor().get(`${site.controller('search')}?q=a&page=1`);
      has('answer', { status: answer.status, ...answer.json }, { status: 200, q: 'a', page: 1 });
    },
  ],
  [
    'query parameter `action`, GET and POST',
    async (site) => {
      const got = await site.visitor().get(site.page('form', '?action=conformance/search&q=a&page=1'));
      has('GET', { status: got.status, ...got.json }, { status: 200, q: 'a', page: 1 });
      const target = site.page('form', '?action=conformance/sign');
      const posted = await site.visitor().post(target, json({ name: 'Ada' }), JSON_PLEASE);
      has('POST', { status: posted.status, ...posted.json }, { status: 200, name: 'Ada', door: 'path' });
    },
  ],
  [
    'route, its parameters over the body',
    async (site) => {
      const target = site.page('saved/7%20a');
      const answer = await site.visitor().post(target, form({ id: 'no', slug: 's' }), JSON_PLEASE);
      has(
        'answer',
        { status: answer.status, ...answer.json },
        { status: 200, post: { id: '7 a', slug: 's' } },
      );
    },
  ],
  [
    'controller style, JSON names the model and its message',
    async (site) => {
      const answer = await site
        .visitor()
        .post(site.controller('save-post'), form({ slug: 's' }), JSON_PLEASE);
      has('answer', answer.json, { message: 'Saved.', modelName: 'post', modelId: '1', post: { slug: 's' } });
    },
  ],
  [
    'controller style, `*/*` is HTML',
    async (site) => {
      const answer = await site
        .visitor()
        .post(site.controller('save-post'), form({ slug: 'a b' }), { headers: { accept: '*/*' } });
      equal('answer', [answer.status, pathOf(answer.headers.location)], [303, site.page('posts/a%20b')]);
    },
  ],
  [
    'rpc, a redirect is told in the body',
    async (site) => {
      const answer = await site.visitor().post(site.rpc('away'), json({}));
      has(
        'answer',
        { status: answer.status, ...answer.json },
        { status: 200, data: { left: true }, redirect: site.page('other', '?away=1') },
      );
      isTrue('the media type says so', answer.headers['content-type']?.includes('portico=redirect') === true);
    },
  ],
  [
    'an unknown name is 404 everywhere',
    async (site) => {
      const visitor = site.visitor();
      const answers = [
        await visitor.post(site.rpc('nothing'), json({})),
        await visitor.post(`${site.base}/_actions/conformance`, json({})),
        await visitor.post(`${site.base}/_actions/__proto__`, json({})),
        await visitor.post(site.form('form', 'nothing'), form({})),
        await visitor.post(site.controller('nothing'), form({}), JSON_PLEASE),
        await visitor.post(site.page('form', '?action=conformance/nothing'), form({}), JSON_PLEASE),
      ];
      equal(
        'statuses',
        answers.map(({ status }) => status),
        answers.map(() => 404),
      );
      isTrue(
        'each with a body',
        answers.every(({ text }) => text !== ''),
      );
    },
  ],
]);

/** A `Location` may be a path or a whole URL (RFC 9110 section 10.2.2). */
export function pathOf(location: string | undefined): string | undefined {
  if (location === undefined) return undefined;
  const { pathname, search } = new URL(location, 'http://localhost');
  return pathname + search;
}
