import { casesOf, type ConformanceCase } from '../case.ts';
import { equal, isTrue } from '../check.ts';
import { sendRaw, statusesOf, wire } from '../raw.ts';
import type { Site } from '../site.ts';

async function lives(site: Site): Promise<void> {
  equal('the next request', (await site.visitor().get(site.rpc('info'))).status, 200);
}

/** What no client of good manners sends. */
export const sockets: readonly ConformanceCase[] = casesOf('sockets', 'plain', [
  [
    'two requests in one go are answered in their order',
    async (site) => {
      const host = `Host: ${site.url.host}`;
      const body = '{"name":"Ada"}';
      const headers = [host, 'Content-Type: application/json', `Content-Length: ${body.length}`];
      const text = await sendRaw(
        site.url,
        wire(`POST ${site.rpc('sign')} HTTP/1.1`, headers, body) +
          wire(`GET ${site.page('teapot')} HTTP/1.1`, [host, 'Connection: close']),
      );
      equal('statuses', statusesOf(text), [200, 418]);
    },
  ],
  [
    'a refused body that looks like a request is none',
    async (site) => {
      const name = site.unique();
      const host = `Host: ${site.url.host}`;
      const inner = `{"name":"${name}"}`;
      const hidden = wire(
        `POST ${site.rpc('sign')} HTTP/1.1`,
        [host, 'Content-Type: application/json', `Content-Length: ${inner.length}`, 'Connection: close'],
        inner,
      );
      const padded = ' '.repeat(2_000) + hidden;
      const headers = [host, 'Content-Type: application/json', `Content-Length: ${padded.length}`];
      const text = await sendRaw(
        site.url,
        wire(`POST ${site.rpc('json')} HTTP/1.1`, headers, padded) +
          wire(`GET ${site.page('teapot')} HTTP/1.1`, [host, 'Connection: close']),
      );
      const [first, ...others] = statusesOf(text);
      equal('the refusal', first, 413);
      // A server may end the connection instead of reading on.
      isTrue(`then ${others.join()}`, others.length === 0 || (others.length === 1 && others[0] === 418));
      equal('ran', await site.seen(`signed:${name}`), false);
    },
  ],
  [
    'a Host that is none is refused',
    async (site) => {
      const request = wire(`GET ${site.rpc('info')} HTTP/1.1`, ['Host: a/b?c', 'Connection: close']);
      const [status = 0] = statusesOf(await sendRaw(site.url, request));
      isTrue(`${status}`, status >= 400 && status < 500);
    },
  ],
  [
    'two Hosts are refused',
    async (site) => {
      const headers = ['Host: a.example', 'Host: b.example', 'Connection: close'];
      const request = wire(`GET ${site.rpc('info')} HTTP/1.1`, headers);
      const [status = 0] = statusesOf(await sendRaw(site.url, request));
      isTrue(`${status}`, status >= 400 && status < 500);
    },
  ],
  [
    'HTTP/1.0 without a Host does no harm',
    async (site) => {
      const [status = 0] = statusesOf(await sendRaw(site.url, wire(`GET ${site.rpc('info')} HTTP/1.0`, [])));
      isTrue(`${status}`, status === 200 || status === 400);
      await lives(site);
    },
  ],
  [
    'a chunk that is none ends the request, and the server goes on',
    async (site) => {
      const name = site.unique();
      const headers = [
        `Host: ${site.url.host}`,
        'Sec-Fetch-Site: same-origin',
        'Content-Type: application/x-www-form-urlencoded',
        'Transfer-Encoding: chunked',
      ];
      const line = `POST ${site.form('form')} HTTP/1.1`;
      const text = await sendRaw(site.url, wire(line, headers, `5\r\nname=\r\nzz\r\n${name}`));
      const [status = 400] = statusesOf(text);
      equal('answer', [status, await site.seen(`signed:${name}`)], [400, false]);
      await lives(site);
    },
  ],
  [
    'cookies that are none are as if they were not there',
    async (site) => {
      const cookie = '=; ;a=%zz; portico=garbage; __Host-portico=%E0%A4%A; b="c';
      const page = await site.visitor().get(site.page('count'), { headers: { cookie } });
      equal('page', [page.status, page.page['count']], [200, 1]);
    },
  ],
]);
