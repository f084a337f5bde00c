import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { Visitor } from './visitor.ts';

const site = useSite();
let guest: Visitor;
let member: Visitor;
beforeAll(async () => {
  guest = new Visitor(site.url);
  member = await site.member('ines', { admin: true });
});

const PAGES = [
  '/',
  '/posts/what-the-salt-does',
  '/products',
  '/gallery',
  '/search',
  '/posts/new',
  '/products/new',
  '/help',
  '/help/kilns/big-firing',
  '/stories',
  '/contact',
  '/tags',
  '/admin/stories',
  '/admin/help/new',
  '/logout',
  '/forgot-password',
  '/check-mail',
  '/account',
  '/account/posts',
  '/account/profile',
  '/account/addresses',
  '/account/addresses/new',
  '/account/addresses/new?country=JP',
  '/account/security',
  '/account/sessions',
  '/account/confirm-password',
  '/admin/users',
];
const DOORS = ['/login', '/register'];

describe.each([...PAGES, ...DOORS])('%s', (path) => {
  // Whoever is signed in already is sent on from the doors.
  const visitor = (): Visitor => (DOORS.includes(path) ? guest : member);

  test('is a whole page with the headers that keep it safe', async () => {
    const page = await visitor().get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
    expect(page.body).toMatch(/<\/html>\s*$/);
    expect(page.body.match(/<h1\b/g)).toHaveLength(1);
    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toMatch(/<title>[^<]{3,}<\/title>/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'none'");
  });

  test('has nothing inline that its policy would refuse, and nothing from elsewhere', async () => {
    const { body, headers } = await visitor().get(path);
    expect(body).not.toMatch(/<[^>]*\s(?:style|on[a-z]+)\s*=/i);
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const inline = [...body.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g)].map(
      ([, text = '']) => text,
    );
    expect(inline).toHaveLength(1);
    const hash = createHash('sha256')
      .update(inline[0] ?? '')
      .digest('base64');
    expect(headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  });

  test('gives each input a label and each id once', async () => {
    const { body } = await visitor().get(path);
    const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const labelled = new Set([...body.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id));
    for (const [tag] of body.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
      if (tag.includes('type="hidden"')) continue;
      expect(labelled).toContain(/\sid="([^"]+)"/.exec(tag)?.[1]);
    }
  });
});

test.each(['/nothing', '/posts/nothing', '/products/nothing', '/uploads/nothing'])(
  '%s is a 404 with a page',
  async (path) => {
    const page = await guest.get(path);
    expect(page.status).toBe(404);
    expect(page.body).toContain('Nothing on this shelf');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  },
);

test('a form for a page that is not there runs nothing', async () => {
  const answer = await guest.postWithToken('/nothing?_action=newsletter', {
    email: 'nowhere@example.org',
    terms: 'on',
  });
  expect(answer.status).toBe(404);
  expect(answer.body).toContain('Something went wrong');
  const later = await guest.postWithToken('/?_action=newsletter', {
    email: 'nowhere@example.org',
    terms: 'on',
  });
  expect(later.status).toBe(303);
});

test('an action that is none is the error page, or JSON', async () => {
  const page = await guest.post('/?_action=nothing', {});
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toContain('text/html');
  const json = await guest.postJson('/_actions/nothing', {});
  expect(json.status).toBe(404);
  expect(JSON.parse(json.body)).toMatchObject({ code: 'NOT_FOUND' });
});

describe('assets', () => {
  test('the style sheet is kept for good under its version, and asked for again by its ETag', async () => {
    const { body } = await guest.get('/');
    const href = /<link rel="stylesheet" href="([^"]+)"/.exec(body)?.[1] ?? '';
    const styles = await guest.get(href);
    expect(styles.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(styles.headers.get('cache-control')).toContain('immutable');
    const etag = styles.headers.get('etag') ?? '';
    const again = await guest.get('/assets/site.css', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(again.headers.get('cache-control')).toBe('no-cache');
    expect(again.body).toBe('');
  });

  test('every module that a page names is JavaScript that parses, without types', async () => {
    const { body } = await guest.get('/');
    const urls = [...body.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, url = '']) => url);
    expect(urls).toContain('/assets/browser/site.ts');
    expect(urls).toContain('/assets/portico/client.ts');
    for (const url of urls) {
      const script = await guest.get(url);
      expect(script.status).toBe(200);
      expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(script.body).not.toMatch(/^(?:import|export) type\b/m);
      expect(script.body).not.toMatch(/from 'node:/);
    }
  });

  test('nothing but what the browser imports can be fetched', async () => {
    for (const path of [
      '/assets/portico/app.ts',
      '/assets/portico/http/secrets.ts',
      '/assets/browser/../app.ts',
      '/assets/%2e%2e/secrets.ts',
    ]) {
      expect((await guest.get(path)).status).toBe(404);
    }
  });
});
