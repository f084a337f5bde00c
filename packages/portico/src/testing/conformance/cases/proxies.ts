import { form, json } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has, isTrue, matches } from '../check.ts';

const FORWARDED = {
  'x-forwarded-for': '198.51.100.7, 203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'shop.example',
};
const PUBLIC = 'https://shop.example';

const ignored = casesOf('proxies', 'plain', [
  [
    'what a client says of itself is not believed',
    async (site) => {
      const visitor = site.visitor();
      const info = await visitor.get(site.rpc('info'), { headers: FORWARDED });
      has('action', info.json, { origin: site.origin });
      const page = await visitor.get(site.page('count'), { headers: FORWARDED });
      has('page', page.page, { origin: site.origin });
      equal(
        'a Secure cookie',
        page.cookies.filter((line) => /;\s*Secure/i.test(line)),
        [],
      );
      const headers = { ...FORWARDED, origin: PUBLIC, 'sec-fetch-site': 'cross-site' };
      equal(
        'a forged origin',
        (await visitor.post(site.rpc('sign'), json({ name: 'x' }), { headers })).status,
        403,
      );
    },
  ],
  [
    'the address of a client is its peer’s',
    async (site) => {
      const info = await site.visitor().get(site.rpc('info'), { headers: FORWARDED });
      const page = await site.visitor().get(site.page('form'), { headers: FORWARDED });
      for (const { address } of [info.json, page.page])
        matches('address', String(address), /^(?:127\.0\.0\.1|::1)$/);
    },
    'address',
  ],
]);

const believed = casesOf('proxies, trusted', 'proxied', [
  [
    'scheme and host are the proxy’s, in actions and pages',
    async (site) => {
      const info = await site.visitor().get(site.rpc('info'), { headers: FORWARDED });
      const page = await site.visitor().get(site.page('form'), { headers: FORWARDED });
      equal('origins', [info.json['origin'], page.page['origin']], [PUBLIC, PUBLIC]);
    },
  ],
  [
    'the address is the last that no proxy of ours has',
    async (site) => {
      const info = await site.visitor().get(site.rpc('info'), { headers: FORWARDED });
      const page = await site.visitor().get(site.page('form'), { headers: FORWARDED });
      equal('addresses', [info.json['address'], page.page['address']], ['203.0.113.9', '203.0.113.9']);
    },
  ],
  [
    'the cookie of the session is Secure behind TLS, and bound to the host',
    async (site) => {
      const page = await site.visitor().get(site.page('count'), { headers: FORWARDED });
      const action = await site
        .visitor()
        .post(site.rpc('sign'), json({ name: 'Ada' }), { headers: FORWARDED });
      for (const [what, { cookies }] of Object.entries({ page, action })) {
        const session = cookies.find((line) => line.startsWith('__Host-'));
        isTrue(`${what} sets one`, session !== undefined);
        matches(what, session, /;\s*Secure\b/i);
      }
    },
  ],
  [
    'the public origin is the site’s own, the inner one is not',
    async (site) => {
      const visitor = site.visitor({ browser: false });
      const post = (origin: string) =>
        visitor.post(site.rpc('sign'), json({ name: 'Ada' }), { headers: { ...FORWARDED, origin } });
      equal('statuses', [(await post(PUBLIC)).status, (await post(site.origin)).status], [200, 403]);
    },
  ],
  [
    'a form that fails is rendered again at the public URL',
    async (site) => {
      const answer = await site.visitor().post(site.form('form'), form({ name: '' }), { headers: FORWARDED });
      has(
        'page',
        { status: answer.status, ...answer.page },
        { status: 422, origin: PUBLIC, path: site.page('form') },
      );
    },
  ],
]);

/** `X-Forwarded-*`: from anybody, and from a proxy that is trusted. */
export const proxies: readonly ConformanceCase[] = [...ignored, ...believed];
