import { form, html } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';
import { site } from './loose-site.ts';

const ACCEPT_JSON = { accept: 'application/json' };

describe('mass assignment', () => {
  it.each([
    ['a form', new URLSearchParams({ title: 'x', admin: '1', role: 'admin', 'address.admin': '1' }), {}],
    [
      'JSON',
      '{"title":"x","admin":true,"role":"admin","address":{"admin":true}}',
      { 'content-type': 'application/json' },
    ],
  ])('fields the schema does not name never reach the handler from %s', async (_what, body, headers) => {
    for (const path of ['/_actions/strict', '/actions/strict', '/actions/strict?admin=1&role=admin']) {
      const { client, received } = site();
      expect((await client.post(path, body, { ...ACCEPT_JSON, ...headers })).status).toBe(200);
      expect(received).toEqual([{ title: 'x', address: {} }]);
    }
  });

  it('Portico’s own fields never reach a handler, however loose its schema', async () => {
    const { client, received } = site();
    const own = { _form: 'a', PORTICO_CSRF_TOKEN: 'x', action: 'loose' };
    await client.post('/page', new URLSearchParams({ ...own, title: 'x' }), ACCEPT_JSON);
    expect(received).toEqual([{ title: 'x' }]);
  });
});

describe('cross-site scripting through what an answer echoes', () => {
  const EVIL = '"><script>alert(1)</script>';

  it('in error pages', async () => {
    const { portico } = site();
    const { url } = await serve(portico);
    const encoded = encodeURIComponent(EVIL);
    const answers = await Promise.all([
      sendRaw(url, `POST /actions/${encoded}/x`, { Accept: 'text/html' }),
      sendRaw(
        url,
        'POST /x',
        { 'Content-Type': 'application/x-www-form-urlencoded' },
        `action%5B${encoded}%5D=a`,
      ),
      sendRaw(url, 'POST /actions/strict', { 'Content-Type': `text/${EVIL}` }, 'x'),
      sendRaw(
        url,
        'POST /actions/strict',
        { 'Content-Type': 'application/x-www-form-urlencoded' },
        `a%5B__proto__%5D${encoded}=1&%ZZ=1`,
      ),
      sendRaw(
        url,
        'POST /actions/strict',
        { Origin: EVIL, Cookie: 'a=b', 'Content-Type': 'application/x-www-form-urlencoded' },
        'title=x',
      ),
      sendRaw(
        url,
        'POST /actions/formData',
        { 'Content-Type': 'multipart/form-data; boundary=b' },
        `--b\r\nContent-Disposition: form-data; name="${EVIL}\r\n`,
      ),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).not.toContain('<script>');
    }
  });

  it('in JSON, which no browser takes for a page', async () => {
    const { client } = site();
    const answer = await client.controller('fails', { title: EVIL }, { json: true });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.json()).toMatchObject({ note: { title: EVIL } });
  });

  it('the error page of our own runs no script, even if one got in, and stands in no frame', async () => {
    const { client } = site();
    const { headers } = await client.get('/actions/nope');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('in forms that are printed again', async () => {
    const { actions, portico } = site();
    const pages = (request: Request): Response => {
      const field = form(portico.context(request), actions.fails).field('title');
      return new Response(String(html`<input value="${field.value}">`));
    };
    const answer = await createTestClient(portico, { pages }).form(actions.fails, { title: EVIL });
    expect(answer.text).toBe('<input value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">');
  });
});
