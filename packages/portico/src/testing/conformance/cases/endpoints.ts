import { createHash } from 'node:crypto';
import { bytes, content, form, json, type SentBody } from '../body.ts';
import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, has } from '../check.ts';
import type { Site } from '../site.ts';

/** What an endpoint of a plugin gets of a request: the method, the path, the body to its last byte. */
async function reaches(site: Site, method: string, body: SentBody | undefined, below = ''): Promise<void> {
  const path = site.page(`endpoint${below}`);
  const answer = await site.visitor().post(path, body, { method });
  const sent = Buffer.from(body?.bytes ?? '');
  has(
    `${method} ${path}`,
    { status: answer.status, ...answer.json },
    {
      status: 200,
      method,
      path,
      length: sent.length,
      sha256: createHash('sha256').update(sent).digest('hex'),
    },
  );
}

const plain = casesOf('endpoints', 'plain', [
  [
    'every method reaches a plugin’s endpoint, with its body',
    async (site) => {
      await reaches(site, 'GET', undefined);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        await reaches(site, method, json({ action: 'conformance/sign' }));
      }
      await reaches(site, 'POST', bytes('application/octet-stream', content(1_000_000)), '/below/it');
    },
  ],
  [
    'it has the session, and saves it',
    async (site) => {
      const visitor = site.visitor();
      await visitor.post(site.page('endpoint'), json({}), { method: 'PUT' });
      has('page', (await visitor.get(site.page('form'))).page, { name: 'PUT' });
    },
  ],
  [
    'from another site it answers, too: it is its own guard',
    async (site) => {
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      equal('status', (await site.visitor().post(site.page('endpoint'), json({}), { headers })).status, 200);
    },
  ],
]);

const parsed = casesOf('endpoints, parsed by the host before', 'parsed', [
  ['JSON reaches a plugin’s endpoint', (site) => reaches(site, 'POST', json({ a: { b: ['ä', 1, null] } }))],
  [
    'a form reaches a plugin’s endpoint',
    async (site) => {
      // What was parsed can be written in more than one way.
      const answer = await site.visitor().post(site.page('endpoint'), form({ a: 'b & c', d: 'ä' }));
      const fields = [...new URLSearchParams(String(answer.json['text']))];
      equal('fields', fields, [
        ['a', 'b & c'],
        ['d', 'ä'],
      ]);
    },
  ],
]);

/** Endpoints of plugins, as MCP and the explorer are. */
export const endpoints: readonly ConformanceCase[] = [...plain, ...parsed];
