import { form, json } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue, matches } from '../check.ts';
import { FRIEND } from '../app.ts';

const preflight = (origin: string): Readonly<Record<string, string>> => ({
  origin,
  'sec-fetch-site': 'cross-site',
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type',
});

/** Methods beside the action's own, HEAD, OPTIONS and preflights. */
export const methods: readonly ConformanceCase[] = casesOf('methods', 'plain', [
  [
    'another than the action’s is 405 with Allow, on the typed door',
    async (site) => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const answer = await site.visitor().get(site.rpc('sign'), { method });
        equal(method, [answer.status, answer.headers.allow], [405, 'POST']);
        isTrue(`${method} has a body`, answer.text !== '');
      }
    },
  ],
  [
    'another than the action’s is 400 on the controller doors',
    async (site) => {
      const headers = { accept: 'application/json' };
      const get = await site.visitor().get(site.controller('sign'), { headers });
      const query = await site.visitor().get(site.page('form', '?action=conformance/sign'), { headers });
      equal('statuses', [get.status, query.status], [400, 400]);
    },
  ],
  [
    'HEAD of an action that reads',
    async (site) => {
      const answer = await site.visitor().get(site.rpc('info'), { method: 'HEAD' });
      equal('answer', [answer.status, answer.text], [200, '']);
      matches('Content-Type', answer.headers['content-type'], /^application\/json\b/);
    },
  ],
  [
    'HEAD of a page, and of a download',
    async (site) => {
      const page = await site.visitor().get(site.page('form'), { method: 'HEAD' });
      equal('page', [page.status, page.text], [200, '']);
      const download = await site.visitor().get(site.controller('download'), { method: 'HEAD' });
      equal('download', [download.status, download.text], [200, '']);
      equal('its type', download.headers['content-type'], 'text/csv');
    },
  ],
  [
    'a header or field that names another method is ignored',
    async (site) => {
      const name = site.unique();
      const headers = { 'x-http-method-override': 'GET', 'x-method-override': 'GET' };
      const answer = await site.visitor().post(site.rpc('sign'), form({ name, _method: 'GET' }), { headers });
      has('answer', { status: answer.status, ...answer.json }, { status: 200, name, method: 'POST' });
    },
  ],
  [
    'OPTIONS runs nothing',
    async (site) => {
      const name = site.unique();
      const answer = await site.visitor().post(site.rpc('sign'), json({ name }), { method: 'OPTIONS' });
      isTrue(`${answer.status} is no error of the server`, answer.status < 500);
      equal('ran', await site.seen(`signed:${name}`), false);
    },
  ],
  [
    'PUT, PATCH and DELETE of a page run nothing, whatever they carry',
    async (site) => {
      const name = site.unique();
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const body = form({ action: 'conformance/sign', name });
        const answer = await site.visitor().post(site.page('form'), body, { method });
        isTrue(`${method} is ${answer.status}`, answer.status < 500);
      }
      equal('ran', await site.seen(`signed:${name}`), false);
    },
  ],
  [
    'a preflight of a friend is answered, a stranger’s is not',
    async (site) => {
      const visitor = site.visitor();
      const friend = await visitor.get(site.rpc('sign'), { method: 'OPTIONS', headers: preflight(FRIEND) });
      equal('friend', [friend.status, friend.headers['access-control-allow-origin']], [204, FRIEND]);
      const stranger = await visitor.get(site.rpc('sign'), {
        method: 'OPTIONS',
        headers: preflight('https://stranger.example'),
      });
      equal('stranger', stranger.headers['access-control-allow-origin'], undefined);
    },
    'cors',
  ],
]);
