import { createPortico, defineAction, type PorticoContext, type PorticoOptions } from 'portico';
import { csrfToken, failMessageInput, redirectInput, signedInput, successMessageInput } from 'portico/html';
import { createTestClient, type TestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

// Rows CVE-2026-92592, -92593 and -55794 of reference/craft-controller-actions.md 6.3, and the redirect rows below them.

interface Post {
  readonly [key: string]: unknown;
}

function site(options: Omit<PorticoOptions, 'actions'> = {}, post: Post = { id: 5, slug: 'hello' }) {
  const saved: unknown[] = [];
  const save = defineAction({
    accept: 'any',
    input: z.object({ title: z.string() }),
    model: 'post',
    redirect: '/posts',
    messages: { success: 'Saved.' },
    handler: (input) => {
      saved.push(input);
      return { post };
    },
  });
  // A model that cannot be sent is logged; the redirect goes on.
  const portico = createPortico({ actions: { posts: { save } }, onError: () => undefined, ...options });
  return { portico, saved, save, client: createTestClient(portico, { follow: false }) };
}

const valueOf = (printed: unknown): string => / value="([^"]*)"/.exec(String(printed))?.[1]?.replaceAll('&amp;', '&') ?? '';

/** Every string a visitor can get signed or sealed by this site, by the parameter it is for. */
async function strings(client: TestClient): Promise<Record<string, string>> {
  const sign = (print: (ctx: PorticoContext) => unknown): Promise<string> => client.read((ctx) => valueOf(print(ctx)));
  return {
    redirect: await sign((ctx) => redirectInput(ctx, '/somewhere')),
    successMessage: await sign((ctx) => successMessageInput(ctx, '/somewhere')),
    failMessage: await sign((ctx) => failMessageInput(ctx, '/somewhere')),
    postVariable: await sign((ctx) => signedInput(ctx, 'postVariable', '/somewhere')),
    userVariable: await sign((ctx) => signedInput(ctx, 'userVariable', '/somewhere')),
    csrf: await client.read((ctx) => csrfToken(ctx)),
    session: [...client.cookies.values()][0] ?? '',
  };
}

const PARAMS = ['redirect', 'successMessage', 'failMessage', 'postVariable'];
const JSON_ANSWER = { accept: 'application/json' };

describe('signature transplant (CVE-2026-92592, CVE-2026-92593)', () => {
  it.each(PARAMS)('only what was signed for %s is taken for it', async (param) => {
    const { client, saved } = site();
    const signed = await strings(client);
    for (const [source, value] of Object.entries(signed)) {
      for (const send of ['form', 'json'] as const) {
        const before = saved.length;
        const answer = await client.controller('posts/save', { title: 'x', [param]: value }, { json: true, send });
        expect([source, send, answer.status, saved.length - before]).toEqual([source, send, ...(source === param ? [200, 1] : [400, 0])]);
        if (source !== param) expect(answer.json<{ error: string }>().error).toContain(`The parameter ${param} is not signed`);
      }
    }
  });

  it('no signed string passes for a CSRF token or a session', async () => {
    const { client, portico } = site({ csrf: 'token' });
    const signed = await strings(client);
    for (const source of [...PARAMS, 'userVariable', 'session']) {
      const headers = { 'x-csrf-token': signed[source] ?? '' };
      expect((await client.controller('posts/save', { title: 'x' }, { json: true, headers })).status).toBe(400);
    }
    for (const source of [...PARAMS, 'csrf']) {
      const other = createTestClient(portico);
      other.cookies.set('portico', encodeURIComponent(signed[source] ?? ''));
      expect(await other.read((ctx) => ctx.user)).toBeNull();
      expect((await other.controller('posts/save', { title: 'x' }, { headers: { 'x-csrf-token': signed['csrf'] ?? '' } })).status).toBe(400);
    }
  });

  it('a string another site signed is refused', async () => {
    const other = await strings(site().client);
    const { client } = site();
    for (const param of PARAMS) {
      expect((await client.controller('posts/save', { title: 'x', [param]: other[param] ?? '' }, { json: true })).status).toBe(400);
    }
  });

  it.each([
    ['a bit of the signature changed', (value: string) => value.replace(/^(v1\.[\w-]{8}\.)(.)/, (_all, head: string, char: string) => head + (char === 'A' ? 'B' : 'A'))],
    ['the value changed', (value: string) => `${value}x`],
    ['the value cut', (value: string) => value.slice(0, -1)],
    ['the key id changed', (value: string) => value.replace(/^v1\.[\w-]{8}/, 'v1.AAAAAAAA')],
    ['the version changed', (value: string) => value.replace('v1', 'v2')],
    ['the signature missing', (value: string) => value.split('.').slice(3).join('.')],
    ['nothing there', () => ''],
  ])('%s: refused in all doors before anything is written', async (_what, change) => {
    const { client, saved, save } = site();
    const redirect = change((await strings(client))['redirect'] ?? '');
    expect((await client.form(save, { title: 'x', redirect })).status).toBe(400);
    expect((await client.controller('posts/save', { title: 'x', redirect })).status).toBe(400);
    expect((await client.controller('posts/save', { title: 'x', redirect }, { json: true, send: 'json' })).status).toBe(400);
    expect(saved).toEqual([]);
  });

  it('no signed value comes in as a list, an object, or from the query', async () => {
    const { client, saved } = site();
    const { redirect = '' } = await strings(client);
    for (const name of ['redirect[]', 'redirect[x]']) {
      const answer = await client.controller('posts/save', new URLSearchParams({ title: 'x', [name]: redirect }), { json: true });
      expect([answer.status, answer.json<{ error: string }>().error]).toEqual([400, expect.stringContaining('redirect')]);
    }
    const asList = await client.controller('posts/save', { title: 'x', redirect: [redirect] }, { json: true, send: 'json' });
    expect(asList.status).toBe(400);
    expect(saved).toEqual([]);
    const body = new URLSearchParams({ title: 'x' });
    const inQuery = await client.post(`/actions/posts/save?redirect=${encodeURIComponent(redirect)}`, body, JSON_ANSWER);
    expect(inQuery.json()).toMatchObject({ redirect: '/posts' });
  });

  it('the first of two redirects is the one that is checked and used', async () => {
    const { client } = site();
    const { redirect = '' } = await strings(client);
    const evilFirst = new URLSearchParams([['title', 'x'], ['redirect', 'https://evil.example'], ['redirect', redirect]]);
    expect((await client.controller('posts/save', evilFirst)).status).toBe(400);
    const evilLast = new URLSearchParams([['title', 'x'], ['redirect', redirect], ['redirect', 'https://evil.example']]);
    expect((await client.controller('posts/save', evilLast)).headers.get('location')).toBe('/somewhere');
  });

  it('a signed value after the files is refused, not passed over', async () => {
    const upload = defineAction({
      accept: 'form',
      input: z.object({ photo: z.file() }),
      handler: () => 'stored',
    });
    const portico = createPortico({ actions: { upload } });
    const client = createTestClient(portico, { follow: false });
    const { redirect = '' } = await strings(client);
    const fields = new FormData();
    fields.append('photo', new File(['pixels'], 'a.png'));
    fields.append('redirect', redirect);
    const answer = await client.form(upload, fields, { headers: JSON_ANSWER });
    expect(answer.status).toBe(400);
    expect(answer.json<{ message: string }>().message).toMatch(/redirect.*before.*file/i);
  });
});

describe('redirect templates are data lookups and nothing else (CVE-2026-55794 and the SSTI rows)', () => {
  class Account {
    readonly name = 'tiger';
    get secret(): string {
      throw new Error('a getter ran');
    }
    run(): string {
      throw new Error('a method ran');
    }
  }
  const post = { id: 5, slug: 'hello', tags: ['a'], author: { username: 'tiger' }, account: new Account() };

  it.each([
    ['/{7*7}', '/'],
    ['/{{7*7}}', '/'],
    ['/{{id}}', '/'],
    ["/{id|map('system')}", '/'],
    ['/{constructor}', '/'],
    ['/{constructor.constructor}', '/'],
    ['/{__proto__}', '/'],
    ['/{__proto__.constructor}', '/'],
    ['/{toString}', '/'],
    ['/{toString()}', '/'],
    ['/{slug.constructor.constructor("x")()}', '/'],
    ['/{author.constructor.name}', '/'],
    ['/{account.secret}', '/'],
    ['/{account.run}', '/'],
    ['/{account.run()}', '/'],
    ['/{process.env.PORTICO_SECRETS}', '/'],
    ['/{globalThis}', '/'],
    ['/{unknown}', '/'],
    ['/{slug.length}', '/'],
    ['/{{% raw %}}', '/'],
    ['/${id}', '/$5'],
    ['/{id}', '/5'],
    ['/{author.username}', '/tiger'],
    ['/{account.name}', '/tiger'],
    ['/{tags.0}', '/a'],
  ])('%s renders %s', async (template, location) => {
    const { client } = site({}, post);
    const redirect = await client.read((ctx) => valueOf(redirectInput(ctx, template)));
    const answer = await client.controller('posts/save', { title: 'x', redirect: redirect.replaceAll('&quot;', '"').replaceAll('&#39;', "'") });
    expect(answer.status).toBe(303);
    expect(decodeURIComponent(answer.headers.get('location') ?? '')).toBe(location);
  });

  it('what a visitor wrote is filled in once and encoded, not evaluated', async () => {
    const { client } = site({}, { id: 5, slug: '{id}/../../{constructor}?a=b#c\r\nSet-Cookie: x=y' });
    const redirect = await client.read((ctx) => valueOf(redirectInput(ctx, '/posts/{slug}')));
    const answer = await client.controller('posts/save', { title: 'x', redirect });
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^\/posts\/[^/?#\s]+$/);
    expect(answer.headers.getSetCookie().join()).not.toContain('x=y');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '..', '.', '%2e%2e', '@evil.example'])(
    'a slug of %s does not leave the site',
    async (slug) => {
      for (const template of ['/posts/{slug}', '{slug}', '/{slug}', '{slug}/edit']) {
        const { client } = site({}, { slug });
        const redirect = await client.read((ctx) => valueOf(redirectInput(ctx, template)));
        const answer = await client.controller('posts/save', { title: 'x', redirect });
        const location = answer.headers.get('location') ?? '';
        expect([template, location]).toEqual([template, expect.stringMatching(/^\/(?![\\/])/)]);
        expect(new URL(location, 'http://localhost').origin).toBe('http://localhost');
      }
    },
  );
});

describe('open redirect', () => {
  it('a path that starts with two slashes is no host to go to after a form', async () => {
    const { client, save } = site();
    const portico = createPortico({ actions: { posts: { save: defineAction({ accept: 'form', handler: () => null }) } } });
    const pages = (): Response => new Response('a page at every path');
    const catchAll = createTestClient(portico, { follow: false, pages });
    for (const path of ['//evil.example/', '//evil.example/login', '/\\evil.example/']) {
      for (const query of [`${path}?_action=posts.save`, `${path}?action=posts/save`]) {
        const answer = await catchAll.post(`http://localhost${query}`, new URLSearchParams());
        const location = answer.headers.get('location') ?? '';
        expect([query, new URL(location, 'http://localhost').origin]).toEqual([query, 'http://localhost']);
      }
    }
    expect((await client.form(save, { title: 'x' })).headers.get('location')).toBe('/posts');
  });

  it('the page that is rendered again is asked for on this host', async () => {
    const save = defineAction({ accept: 'form', input: z.object({ title: z.string() }), handler: () => null });
    const portico = createPortico({ actions: { save } });
    const seen: string[] = [];
    const pages = (request: Request): Response => {
      seen.push(new URL(request.url).host);
      return new Response('page');
    };
    const answer = await createTestClient(portico, { pages }).post('http://localhost//evil.example/?_action=save', new URLSearchParams());
    expect([answer.status, seen]).toEqual([422, ['localhost']]);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https://evil.example/',
    'http://localhost@evil.example/',
    'http://localhost.evil.example/',
    'http://localhost:81/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\tevil.example',
    `/${'a'.repeat(3000)}`,
  ])('a Referer of %s is not followed', async (referer) => {
    const { client } = site();
    const headers = { referer: referer.includes('\t') ? referer.replace('\t', '%09') : referer };
    const answer = await client.controller('posts/save', {}, { headers });
    const location = answer.headers.get('location');
    if (location !== null) expect(new URL(location, 'http://localhost').host).toBe('localhost');
    else expect(answer.status).toBe(400);
  });

  it('a Referer is never a template', async () => {
    const { client } = site({}, { id: 5 });
    for (const from of ['/{id}', '/{7*7}', '/{{7*7}}', '/{constructor}']) {
      for (const fields of [{}, { title: 'x' }]) {
        const location = (await client.controller('posts/save', fields, { from })).headers.get('location') ?? '';
        expect(['/posts', from]).toContain(decodeURIComponent(location));
      }
    }
  });
});
