import { createPortico, defineAction } from 'portico';
import { redirectInput } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { site, valueOf } from './signing-site.ts';

// Row CVE-2026-55794 of reference/craft-controller-actions.md 6.3, its SSTI rows and its open redirects.

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
    const answer = await client.controller('posts/save', {
      title: 'x',
      redirect: redirect.replaceAll('&quot;', '"').replaceAll('&#39;', "'"),
    });
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

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '..',
    '.',
    '%2e%2e',
    '@evil.example',
  ])('a slug of %s does not leave the site', async (slug) => {
    for (const template of ['/posts/{slug}', '{slug}', '/{slug}', '{slug}/edit']) {
      const { client } = site({}, { slug });
      const redirect = await client.read((ctx) => valueOf(redirectInput(ctx, template)));
      const answer = await client.controller('posts/save', { title: 'x', redirect });
      const location = answer.headers.get('location') ?? '';
      expect([template, location]).toEqual([template, expect.stringMatching(/^\/(?![\\/])/)]);
      expect(new URL(location, 'http://localhost').origin).toBe('http://localhost');
    }
  });
});

describe('open redirect', () => {
  it('a path that starts with two slashes is no host to go to after a form', async () => {
    const { client, save } = site();
    const portico = createPortico({
      actions: { posts: { save: defineAction({ accept: 'form', handler: () => null }) } },
    });
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
    const save = defineAction({
      accept: 'form',
      input: z.object({ title: z.string() }),
      handler: () => null,
    });
    const portico = createPortico({ actions: { save } });
    const seen: string[] = [];
    const pages = (request: Request): Response => {
      seen.push(new URL(request.url).host);
      return new Response('page');
    };
    const answer = await createTestClient(portico, { pages }).post(
      'http://localhost//evil.example/?_action=save',
      new URLSearchParams(),
    );
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
        const location =
          (await client.controller('posts/save', fields, { from })).headers.get('location') ?? '';
        expect(['/posts', from]).toContain(decodeURIComponent(location));
      }
    }
  });
});
