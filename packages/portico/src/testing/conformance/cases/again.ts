import { form, multipart } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has } from '../check.ts';
import { pathOf } from './doors.ts';

/** Pages that are rendered as the answer to a form, in the same request. */
export const again: readonly ConformanceCase[] = casesOf('pages, again', 'plain', [
  [
    'after a failure the page is rendered in place, by a GET without a body, with what was typed',
    async (site) => {
      const answer = await site
        .visitor()
        .post(site.form('form'), form({ _form: 'first', name: '', note: 'Hi <b>' }));
      equal('status', answer.status, 422);
      has('page', answer.page, {
        page: 'form',
        method: 'GET',
        hasBody: false,
        path: site.page('form'),
        message: 'Not signed.',
        first: { values: { note: 'Hi <b>' }, nameErrors: ['Say a name.'] },
      });
    },
  ],
  [
    'a multipart form that fails is rendered again, too',
    async (site) => {
      const body = multipart({ name: '_form', value: 'first' }, { name: 'note', value: 'kept' });
      const answer = await site.visitor().post(site.form('form'), body);
      equal('status', answer.status, 422);
      has('page', answer.page, { first: { values: { note: 'kept' }, nameErrors: ['Say a name.'] } });
    },
  ],
  [
    'secrets are not kept',
    async (site) => {
      const answer = await site
        .visitor()
        .post(site.form('form'), form({ _form: 'first', password: 'hunter2' }));
      has('page', answer.page, { first: { values: { password: '' } } });
      equal('the secret on the page', answer.text.includes('hunter2'), false);
    },
  ],
  [
    'the query of the page stays',
    async (site) => {
      const target = site.page('form', '?page=2&_action=conformance.sign&q=a%20b');
      const failed = await site.visitor().post(target, form({ name: '' }));
      has('page', failed.page, { path: site.page('form') });
      equal('query', new URLSearchParams(String(failed.page['query'])).get('q'), 'a b');
      const went = await site.visitor().post(target, form({ name: 'Ada' }));
      const query = pathOf(went.headers.location)?.split('?')[1];
      equal(
        'redirect',
        [...new URLSearchParams(query)],
        [
          ['page', '2'],
          ['q', 'a b'],
        ],
      );
    },
  ],
  [
    'ctx.render shows another page as the answer',
    async (site) => {
      const answer = await site.visitor().post(site.form('form', 'show'), form({}));
      equal('status', answer.status, 200);
      has('page', answer.page, { page: 'other', from: 'the action', method: 'GET' });
    },
  ],
  [
    'a page with a parameter is rendered again, whatever letters are in it',
    async (site) => {
      for (const page of ['posts/hello', 'posts/caf%C3%A9%20%26%20more']) {
        const answer = await site
          .visitor()
          .post(site.form(page), form({ _form: 'first', name: '', note: 'kept' }));
        equal(`${page}, status`, answer.status, 422);
        has(page, answer.page, { path: site.page(page), first: { values: { note: 'kept' } } });
      }
    },
  ],
  [
    'a page that is rendered again sets cookies, its own and the host’s, and saves its session',
    async (site) => {
      const visitor = site.visitor();
      await visitor.get(site.page('count'));
      const answer = await visitor.post(site.form('cookies'), form({ name: '' }));
      equal('status', answer.status, 422);
      equal(
        'cookies',
        answer.cookiePairs.filter((pair) => pair.startsWith('conformance-')),
        ['conformance-host-too=2', 'conformance-host=1', 'conformance-portico=a%20b'],
      );
      equal('header of the page', answer.headers['x-conformance-page'], 'portico');
      await visitor.post(site.form('count'), form({ name: '' }));
      has('the page after it', (await visitor.get(site.page('count'))).page, { count: 3 });
    },
  ],
  [
    'a page that says another status keeps it when it is rendered again',
    async (site) => {
      const gone = await site.visitor().post(site.form('gone'), form({ name: '' }));
      const teapot = await site.visitor().post(site.form('teapot'), form({ name: '' }));
      equal('statuses', [gone.status, teapot.status], [410, 418]);
    },
  ],
  [
    'a page that fails while it is rendered again is the host’s 500',
    async (site) => {
      const answer = await site.visitor().post(site.form('boom'), form({ name: '' }));
      equal('status', answer.status, 500);
      equal('the next request', (await site.visitor().get(site.page('form'))).status, 200);
    },
  ],
]);
