import { form, json } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, NotApplicable } from '../check.ts';
import type { HostAnswer } from '../host-answer.ts';
import { pathOf } from './doors.ts';

const JSON_PLEASE = { headers: { accept: 'application/json' } };

/** An app below `/shop`. */
export const bases: readonly ConformanceCase[] = casesOf('bases', 'base', [
  [
    'each door is below the base',
    async (site) => {
      const visitor = site.visitor();
      const answers = [
        await visitor.post(site.rpc('sign'), json({ name: 'Ada' })),
        await visitor.post(site.form('form'), form({ name: 'Ada' }), JSON_PLEASE),
        await visitor.post(site.controller('sign'), form({ name: 'Ada' }), JSON_PLEASE),
        await visitor.post(site.page('form'), form({ action: 'conformance/sign', name: 'Ada' }), JSON_PLEASE),
      ];
      for (const answer of answers)
        has('answer', { status: answer.status, ...answer.json }, { status: 200, name: 'Ada' });
      const route = await visitor.post(site.page('saved/7'), form({ slug: 's' }), JSON_PLEASE);
      has('route', { status: route.status, ...route.json }, { status: 200, post: { id: '7' } });
    },
  ],
  [
    'no door is above it',
    async (site) => {
      const name = site.unique();
      const visitor = site.visitor();
      const above = (path: string): string => path.slice(site.base.length);
      const statuses = [];
      for (const path of [site.rpc('sign'), site.controller('sign')]) {
        statuses.push((await visitor.post(above(path), form({ name }), JSON_PLEASE)).status);
      }
      equal('answers', [...statuses, await site.seen(`signed:${name}`)], [404, 404, false]);
    },
  ],
  [
    'a redirect after a success stays below it, and so do flash and result',
    async (site) => {
      const visitor = site.visitor();
      const answer = await visitor.post(site.form('form'), form({ _form: 'first', name: 'Ada' }));
      equal('Location', pathOf(answer.headers.location), site.page('form'));
      const page = await visitor.get(site.page('form'));
      has('page', page.page, { flash: { notice: 'Signed.' }, first: { result: 'Ada' }, name: 'Ada' });
    },
  ],
  [
    'a redirect template without a slash resolves against it',
    async (site) => {
      const answer = await site.visitor().post(site.form('form', 'savePost'), form({ slug: 'a b' }));
      equal('Location', pathOf(answer.headers.location), site.page('posts/a%20b'));
    },
  ],
  [
    'a page is rendered again below it, or another one of them',
    async (site) => {
      const failed = await site
        .visitor()
        .post(site.form('form'), form({ _form: 'first', name: '', note: 'kept' }));
      equal('status', failed.status, 422);
      has('page', failed.page, { path: site.page('form'), first: { values: { note: 'kept' } } });
      const other = await site.visitor().post(site.form('form', 'show'), form({}));
      has(
        'other',
        { status: other.status, ...other.page },
        { status: 200, page: 'other', from: 'the action' },
      );
    },
  ],
  [
    'middleware of the app is around actions, pages, and pages that are rendered again',
    async (site) => {
      const header = ({ headers }: HostAnswer): unknown => headers['x-conformance-middleware'];
      const call = await site.visitor().get(site.rpc('info'));
      if (header(call) === undefined)
        throw new NotApplicable('the app has not the middleware of conformanceApp');
      const page = await site.visitor().get(site.page('form'));
      const redirect = await site.visitor().post(site.form('form'), form({ name: 'Ada' }));
      const again = await site.visitor().post(site.form('form'), form({ name: '' }));
      equal(
        'statuses',
        [page, redirect, again].map(({ status }) => status),
        [200, 303, 422],
      );
      equal('headers', [page, redirect, again].map(header), ['yes', 'yes', 'yes']);
    },
  ],
  [
    'a session is kept below it',
    async (site) => {
      const visitor = site.visitor();
      await visitor.get(site.page('count'));
      await visitor.post(site.rpc('sign'), json({ name: 'Ada' }));
      has('page', (await visitor.get(site.page('count'))).page, { count: 2, name: 'Ada' });
    },
  ],
  [
    'ctx.redirect of a page, and a form for a page that is not there',
    async (site) => {
      const away = await site.visitor().get(site.page('away'));
      equal('Location', pathOf(away.headers.location), site.page('other'));
      const nowhere = await site.visitor().post(site.form('not-there'), form({ name: 'Ada' }), JSON_PLEASE);
      equal('status', nowhere.status, 404);
    },
    'has',
  ],
]);
