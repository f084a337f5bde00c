import { form, json, multipart } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has } from '../check.ts';
import type { HostAnswer } from '../host-answer.ts';
import type { Site } from '../site.ts';
import type { Visitor } from '../visitor.ts';

const CROSS = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
const JSON_PLEASE = { accept: 'application/json' };

/** A visitor with a session, whose browser says nothing of where requests come from; and his token. */
async function known(site: Site): Promise<{ visitor: Visitor; token: string }> {
  const visitor = site.visitor({ browser: false });
  await visitor.get(site.page('count'));
  const page = await visitor.get(site.page('form', '?token'));
  return { visitor, token: String(page.page['token']) };
}

async function verdict(site: Site, send: (name: string) => Promise<HostAnswer>): Promise<unknown[]> {
  const name = site.unique();
  const answer = await send(name);
  return [answer.status, await site.seen(`signed:${name}`)];
}

/** Requests that other sites forge, and those that only look it. */
export const forgery: readonly ConformanceCase[] = casesOf('forgery', 'plain', [
  [
    'from another site is 403, and runs nothing',
    async (site) => {
      const post = (path: string) => (name: string) =>
        site.visitor().post(path, form({ name }), { headers: { ...CROSS, ...JSON_PLEASE } });
      equal('typed call', await verdict(site, post(site.rpc('sign'))), [403, false]);
      equal('page', await verdict(site, post(site.form('form'))), [403, false]);
    },
  ],
  [
    'from another site is 400 controller style, and runs nothing',
    async (site) => {
      const answer = await site
        .visitor()
        .post(site.controller('sign'), form({ name: 'x' }), { headers: { ...CROSS, ...JSON_PLEASE } });
      has('answer', { status: answer.status, ...answer.json }, { status: 400, code: 'CSRF_FAILED' });
      const inBody = (name: string) =>
        site.visitor().post(site.page('form'), form({ action: 'conformance/sign', name }), {
          headers: { ...CROSS, ...JSON_PLEASE },
        });
      equal('by the body', await verdict(site, inBody), [400, false]);
    },
  ],
  [
    'a page that is shown again for it keeps what was typed',
    async (site) => {
      const body = form({ _form: 'first', name: 'Ada', note: 'kept' });
      const answer = await site.visitor().post(site.form('form'), body, { headers: CROSS });
      equal('status', answer.status, 403);
      has('page', answer.page, { first: { values: { note: 'kept' } } });
    },
  ],
  [
    'the site’s own Origin passes, another port does not',
    async (site) => {
      const { visitor } = await known(site);
      const from = (origin: string) => (name: string) =>
        visitor.post(site.rpc('sign'), json({ name }), { headers: { origin } });
      equal('own', await verdict(site, from(site.origin)), [200, true]);
      equal('another port', await verdict(site, from('http://127.0.0.1:1')), [403, false]);
    },
  ],
  [
    'with a session and without headers only a token passes, by field or header',
    async (site) => {
      const { visitor, token } = await known(site);
      const field = 'PORTICO_CSRF_TOKEN';
      const post =
        (fields: Readonly<Record<string, string>>, headers = {}) =>
        (name: string) =>
          visitor.post(site.form('form'), form({ ...fields, name }), { headers });
      equal('none', await verdict(site, post({})), [403, false]);
      equal('another', await verdict(site, post({ [field]: `${token}x` })), [403, false]);
      equal('field', await verdict(site, post({ [field]: token })), [303, true]);
      equal('header', await verdict(site, post({}, { 'x-csrf-token': token })), [303, true]);
      const parts = (name: string) =>
        visitor.post(
          site.form('form'),
          multipart({ name: field, value: token }, { name: 'name', value: name }),
        );
      equal('multipart', await verdict(site, parts), [303, true]);
    },
  ],
  [
    'a program without cookies passes',
    async (site) => {
      const program = site.visitor({ browser: false });
      equal('verdict', await verdict(site, (name) => program.post(site.rpc('sign'), json({ name }))), [
        200,
        true,
      ]);
    },
  ],
]);
