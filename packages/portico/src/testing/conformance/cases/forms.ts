import { form } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has } from '../check.ts';
import { pathOf } from './doors.ts';

/** Forms without JavaScript: where they lead, and what is told there. */
export const forms: readonly ConformanceCase[] = casesOf('forms', 'plain', [
  [
    'after a success the page knows flash and result, once',
    async (site) => {
      const visitor = site.visitor();
      await visitor.post(site.form('form'), form({ _form: 'first', name: 'Ada' }));
      const first = await visitor.get(site.page('form'));
      has('page', first.page, { flash: { notice: 'Signed.' }, first: { result: 'Ada' }, name: 'Ada' });
      const again = await visitor.get(site.page('form'));
      has('page again', again.page, { flash: {}, first: { result: null }, name: 'Ada' });
    },
  ],
  [
    'two forms of one action are told apart',
    async (site) => {
      const visitor = site.visitor();
      const failed = await visitor.post(site.form('form'), form({ _form: 'second', name: '', note: 'mine' }));
      has('after a failure', failed.page, {
        first: { values: { note: '' }, nameErrors: [] },
        second: { values: { note: 'mine' }, nameErrors: ['Say a name.'] },
      });
      await visitor.post(site.form('form'), form({ _form: 'second', name: 'Bob' }));
      const page = await visitor.get(site.page('form'));
      has('after a success', page.page, { first: { result: null }, second: { result: 'Bob' } });
    },
  ],
  [
    'controller style on a page fails in place',
    async (site) => {
      const body = form({ action: 'conformance/sign', name: '', note: 'kept' });
      const answer = await site.visitor().post(site.page('form'), body);
      equal('status', answer.status, 422);
      has('page', answer.page, {
        flash: { error: 'Not signed.' },
        errors: { name: ['Say a name.'] },
        method: 'GET',
      });
    },
  ],
  [
    'controller style without a page goes back, and the page knows',
    async (site) => {
      const visitor = site.visitor();
      const headers = { referer: site.origin + site.page('form') };
      const answer = await visitor.post(site.controller('sign'), form({ name: '', note: 'kept' }), {
        headers,
      });
      equal('answer', [answer.status, pathOf(answer.headers.location)], [303, site.page('form')]);
      const page = await visitor.get(site.page('form'));
      has('page', page.page, { flash: { error: 'Not signed.' }, errors: { name: ['Say a name.'] } });
    },
  ],
  [
    'as JSON a failure names its fields',
    async (site) => {
      const headers = { accept: 'application/json' };
      const rpc = await site.visitor().post(site.rpc('sign'), form({ note: 'a' }));
      has(
        'rpc',
        { status: rpc.status, ...rpc.json },
        { status: 400, type: 'ActionInputError', fields: { name: ['Say a name.'] } },
      );
      const controller = await site.visitor().post(site.controller('sign'), form({}), { headers });
      has(
        'controller',
        { status: controller.status, ...controller.json },
        { status: 400, message: 'Not signed.', errors: { name: ['Say a name.'] } },
      );
    },
  ],
  [
    'ctx.redirect goes there',
    async (site) => {
      const answer = await site.visitor().post(site.form('form', 'away'), form({}));
      equal('answer', [answer.status, pathOf(answer.headers.location)], [303, site.page('other', '?away=1')]);
    },
  ],
  [
    'a form for a page that is not there runs nothing',
    async (site) => {
      const name = site.unique();
      const answer = await site.visitor().post(site.form('not-there'), form({ name }));
      equal('answer', [answer.status, await site.seen(`signed:${name}`)], [404, false]);
    },
    'has',
  ],
  [
    'a redirect after a success carries cookies, headers and the session',
    async (site) => {
      const answer = await site.visitor().post(site.form('form'), form({ name: 'Ada' }));
      equal('header', answer.headers['x-conformance'], 'handler');
      has('cookies', answer.cookiePairs, {
        0: 'conformance-one=Ada',
        1: 'conformance-two=2%2C%20and%20more',
      });
      equal('three cookies, a line each', answer.cookies.length, 3);
    },
  ],
]);
