import { describe, expect, it } from 'vitest';
import { createPortico } from 'portico';
import { mcp } from 'portico/mcp';
import { sendRaw } from '../support/raw.ts';
import { openShop } from './shop.ts';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/mcp`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...HEADERS, ...headers },
  });

describe('the endpoint', () => {
  it.each(['GET', 'DELETE', 'PUT'])('keeps no sessions and opens no streams: %s is 405', async (method) => {
    const { url } = await openShop();
    const response = await fetch(`${url}/mcp`, { method, headers: HEADERS });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no origin at all, of a sandboxed frame', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    [
      'a token, from a foreign origin',
      { origin: 'https://evil.example', authorization: 'Bearer token of ann' },
    ],
    ['cookies, with nothing that says from where', { cookie: 'who=ann' }],
  ])('refuses %s', async (_, headers: Record<string, string>) => {
    const { url } = await openShop();
    const response = await post(url, LIST, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32000 } });
  });

  it('answers to a page of its own site, and of one that is trusted', async () => {
    const { url } = await openShop({}, { trustedOrigins: ['https://chat.example'] });
    expect((await post(url, LIST, { origin: url })).status).toBe(200);
    expect((await post(url, LIST, { origin: 'https://chat.example' })).status).toBe(200);
  });

  it.each([
    ['a name that a page had lead here', { dev: true }, {}],
    ['another name than the site’s', { siteUrl: 'https://shop.example' }, {}],
    ['a name that is not among `hosts`', {}, { hosts: ['shop.example'] }],
  ])('refuses %s (DNS rebinding)', async (_, app, options) => {
    const { url } = await openShop(options, app);
    const headers = {
      ...HEADERS,
      Host: 'evil.example',
      Origin: 'http://evil.example',
      'Sec-Fetch-Site': 'same-origin',
    };
    const response = await sendRaw(url, 'POST /mcp', headers, JSON.stringify(LIST));
    expect(response.status).toBe(403);
    expect(response.body).toContain('evil.example is not a name of this site');
  });

  it.each([
    ['what is no JSON', '{', 400],
    ['nothing', '', 400],
    ['more than a mebibyte', JSON.stringify({ ...LIST, more: 'x'.repeat(1_048_576) }), 413],
    ['a batch of thousands', JSON.stringify(Array.from({ length: 21 }, () => LIST)), 413],
    ['what nests too deep', `${'['.repeat(100)}${']'.repeat(100)}`, 413],
  ])('refuses %s', async (_, body, status) => {
    const { url } = await openShop();
    const response = await post(url, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { message: expect.any(String) } });
  });

  it('refuses another media type', async () => {
    const { url } = await openShop();
    expect((await post(url, LIST, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('holds no stream open', async () => {
    const { url } = await openShop();
    const message = { ...LIST, method: 'subscriptions/listen' };
    const response = await post(url, message, { 'mcp-protocol-version': '2026-07-28' });
    // Whatever it says, it has ended.
    expect(await response.text()).toContain('error');
  });

  it('is below the base of its app, where it was put', async () => {
    const { url } = await openShop({ path: '/tools' }, { base: '/shop' });
    const response = await fetch(`${url}/shop/tools`, {
      method: 'POST',
      body: JSON.stringify(LIST),
      headers: HEADERS,
    });
    expect(response.status).toBe(200);
    expect((await post(url, LIST)).status).toBe(404);
  });

  it.each(['mcp', '/mcp/', '/*', '/'])('cannot be at %j', (path) => {
    expect(() => mcp({ path })).toThrow('mcp: the path');
  });

  it('takes a batch of many calls for one message, within its limits', async () => {
    const { url } = await openShop();
    const calls = [1, 2, 3].map((id) => ({
      ...LIST,
      id,
      method: 'tools/call',
      params: { name: 'limited', arguments: {} },
    }));
    const text = await (await post(url, calls)).text();
    expect(text).toContain('TOO_MANY_REQUESTS');
  });

  it('says what is missing where the plugin stands in no app', () => {
    const plugin = mcp();
    expect(() => plugin.endpoints?.['/mcp']?.({} as never)).toThrow('createPortico({ plugins: [mcp()] })');
    expect(createPortico({ plugins: [plugin], secrets: ['x'.repeat(32)] }).actions).toEqual({});
  });
});
