import { form, json } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue } from '../check.ts';
import type { Site } from '../site.ts';

const JSON_PLEASE = { headers: { accept: 'application/json' } };

/**
 * A host decides which spellings of a path lead to a page. What it shows to a GET it shows again after a failed form, and
 * where it shows nothing a form runs nothing.
 */
async function asTheHostRoutes(site: Site, path: string): Promise<void> {
  const shown = await site.visitor().get(path);
  const name = site.unique();
  const target = `${path}?_action=conformance.sign`;
  const failed = await site.visitor().post(target, form({ name: '', _form: 'first', note: 'kept' }));
  const passed = await site.visitor().post(target, form({ name }));
  if (shown.status === 200) {
    has(
      `${path} after a failure`,
      { status: failed.status, ...failed.page },
      {
        status: 422,
        path,
        first: { values: { note: 'kept' } },
      },
    );
    equal(`${path} after a success`, passed.status, 303);
    return;
  }
  // A host may send visitors on to the one spelling it likes; a form must not be lost on that way without a word.
  isTrue(
    `${path} is no page: ${failed.status} and ${passed.status} say so`,
    failed.status >= 300 && passed.status >= 300,
  );
}

/** Odd spellings of paths. */
export const paths: readonly ConformanceCase[] = casesOf('paths', 'plain', [
  [
    'a slash at the end of an action’s path changes nothing',
    async (site) => {
      const visitor = site.visitor();
      const rpc = await visitor.post(`${site.rpc('sign')}/`, json({ name: 'Ada' }));
      const controller = await visitor.post(
        `${site.controller('sign')}/`,
        form({ name: 'Ada' }),
        JSON_PLEASE,
      );
      has('rpc', { status: rpc.status, ...rpc.json }, { status: 200, name: 'Ada' });
      has('controller', { status: controller.status, ...controller.json }, { status: 200, name: 'Ada' });
    },
  ],
  ['a slash at the end of a page is as the host routes', (site) => asTheHostRoutes(site, site.page('form/'))],
  [
    'two slashes in a page are as the host routes',
    (site) => asTheHostRoutes(site, `${site.base}/conformance//form`),
  ],
  [
    'two slashes at the start name no other host',
    async (site) => {
      const name = site.unique();
      for (const path of [
        '//evil.example/_actions/conformance.sign',
        '//evil.example?_action=conformance.sign',
      ]) {
        const answer = await site.visitor().post(path, form({ name }), JSON_PLEASE);
        isTrue(`${path} is ${answer.status}`, answer.status < 500);
        isTrue(
          `${path} leads to ${answer.headers.location}`,
          !/^(?:https?:)?[\\/]{2}evil/.test(answer.headers.location ?? ''),
        );
      }
    },
  ],
  [
    'an encoded name is the same name',
    async (site) => {
      const visitor = site.visitor();
      const rpc = await visitor.post(site.rpc('%73ign'), json({ name: 'Ada' }));
      const controller = await visitor.post(site.controller('s%69gn'), form({ name: 'Ada' }), JSON_PLEASE);
      equal('statuses', [rpc.status, controller.status], [200, 200]);
    },
  ],
  [
    'a malformed percent-escape is 400',
    async (site) => {
      const visitor = site.visitor();
      const rpc = await visitor.post(site.rpc('%zz'), json({}), JSON_PLEASE);
      const controller = await visitor.post(site.controller('%E0%A4%A'), form({}), JSON_PLEASE);
      equal('statuses', [rpc.status, controller.status], [400, 400]);
    },
  ],
  [
    'a malformed query is no error of the server',
    async (site) => {
      const answer = await site.visitor().get(`${site.rpc('search')}?q=%zz&page=1`);
      isTrue(`${answer.status} of an action`, answer.status === 200 || answer.status === 400);
      const page = await site.visitor().get(site.page('form', '?a=%zz'));
      isTrue(`${page.status} of a page`, page.status === 200 || page.status === 400);
    },
  ],
  [
    'a whole URL as the target, as proxies send it',
    async (site) => {
      const answer = await site.visitor().post(site.origin + site.rpc('sign'), json({ name: 'Ada' }));
      has('answer', { status: answer.status, ...answer.json }, { status: 200, name: 'Ada' });
    },
  ],
]);
