import { form } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue, matches } from '../check.ts';
import { pathOf } from './doors.ts';

/** Pages of the host's, with Portico's context. */
export const pages: readonly ConformanceCase[] = casesOf('pages', 'plain', [
  [
    'a page has its context, and costs a guest no cookie',
    async (site) => {
      const answer = await site.visitor().get(site.page('form', '?a=1'));
      equal('status', answer.status, 200);
      matches('Content-Type', answer.headers['content-type'], /^text\/html\b/);
      has('page', answer.page, {
        method: 'GET',
        path: site.page('form'),
        query: '?a=1',
        origin: site.origin,
      });
      equal('cookies', answer.cookies, []);
    },
  ],
  [
    'a session that a page touches is saved',
    async (site) => {
      const visitor = site.visitor();
      const counts = [];
      for (let time = 0; time < 3; time++) counts.push((await visitor.get(site.page('count'))).page['count']);
      equal('counts', counts, [1, 2, 3]);
    },
  ],
  [
    'a session that a streamed page touches is saved',
    async (site) => {
      const visitor = site.visitor();
      const counts = [];
      for (let time = 0; time < 3; time++)
        counts.push((await visitor.get(site.page('stream'))).page['count']);
      equal('counts', counts, [1, 2, 3]);
    },
  ],
  [
    'cookies of the host and of Portico are a line each',
    async (site) => {
      const answer = await site.visitor().get(site.page('cookies'));
      equal('cookies', answer.cookiePairs, [
        'conformance-host-too=2',
        'conformance-host=1',
        'conformance-portico=a%20b',
      ]);
      equal('header', answer.headers['x-conformance-page'], 'portico');
    },
  ],
  [
    'ctx.redirect leads away',
    async (site) => {
      const answer = await site.visitor().get(site.page('away'));
      equal('answer', [answer.status, pathOf(answer.headers.location)], [302, site.page('other')]);
    },
  ],
  [
    'ctx.status counts, and so does a status of the host’s',
    async (site) => {
      const gone = await site.visitor().get(site.page('gone'));
      const teapot = await site.visitor().get(site.page('teapot'));
      equal('statuses', [gone.status, teapot.status], [410, 418]);
      has('the page of the first', gone.page, { page: 'gone' });
      has('the page of the second', teapot.page, { page: 'teapot' });
    },
  ],
  [
    'a page that throws is the host’s 500, and the server lives',
    async (site) => {
      equal('status', (await site.visitor().get(site.page('boom'))).status, 500);
      equal('the next', (await site.visitor().get(site.page('form'))).status, 200);
    },
  ],
  [
    'a page that is not there is the host’s 404',
    async (site) => {
      const answer = await site.visitor().get(site.page('not-there'));
      equal('status', answer.status, 404);
      isTrue('it has a body', answer.text !== '');
    },
  ],
  [
    'a parameter in the path',
    async (site) => {
      const answer = await site.visitor().get(site.page('posts/caf%C3%A9%20%26%20more'));
      has(
        'page',
        { status: answer.status, ...answer.page },
        {
          status: 200,
          page: 'posts/caf%C3%A9%20%26%20more',
        },
      );
    },
  ],
  [
    'ten visitors’ sessions stay apart',
    async (site) => {
      const names = Array.from({ length: 10 }, () => site.unique());
      const seen = await Promise.all(
        names.map(async (name) => {
          const visitor = site.visitor();
          await visitor.post(site.form('form'), form({ name }));
          return (await visitor.get(site.page('other'))).page['name'];
        }),
      );
      equal('names', seen, names);
    },
  ],
]);
