import { describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { Visitor } from './visitor.ts';

const site = useSite();

describe('signing in', () => {
  test('leads back to the page one came from, and the page knows who it is', async () => {
    const visitor = new Visitor(site.url);
    const answer = await visitor.submit('/sign-in?next=%2Fsearch%3Fq%3Dsalt', 'memberId', {
      memberId: 'kenji',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/search?q=salt');
    const page = await visitor.get('/');
    expect(page.body).toContain('Kenji Mori</span>');
    expect(page.body).toContain('Welcome back.');
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/{id}'])(
    'never leads to %s',
    async (next) => {
      const visitor = new Visitor(site.url);
      const answer = await visitor.submit(`/sign-in?next=${encodeURIComponent(next)}`, 'memberId', {
        memberId: 'kenji',
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toMatch(/^\/($|%7Bid%7D$)/);
    },
  );

  test('no member, or none of ours', async () => {
    const visitor = new Visitor(site.url);
    const nobody = await visitor.submit('/sign-in', 'memberId', {});
    expect(nobody.status).toBe(422);
    expect(nobody.body).toContain('Choose who you are.');
    const unknown = await visitor.submit('/sign-in', 'memberId', { memberId: 'mallory' });
    expect(unknown.status).toBe(404);
    expect(unknown.body).toContain('There is no such member.');
  });

  test.each(['/products', '/nothing'])(
    'signing out is a form, on %s too, and ends the session',
    async (path) => {
      const visitor = await new Visitor(site.url).signIn();
      const answer = await visitor.submit(path, 'Sign out', {});
      expect(answer.status).toBe(303);
      const page = await visitor.get('/');
      expect(page.body).toContain('You are signed out.');
      expect(page.body).not.toContain('Sign out</button>');
      expect((await visitor.get('/posts/new')).status).toBe(303);
    },
  );
});

test.each([
  ['/a?b=c', '/a?b=c'],
  ['/a#b', '/a#b'],
  ['/a/../b', '/b'],
  ['/..//evil.example', '/evil.example'],
  ['/a?b={id}', '/a?b=%7Bid%7D'],
  ['/\t/evil.example', '/'],
  ['http:evil', '/'],
  ['', '/'],
  [undefined, '/'],
])('after signing in by /sign-in?next=%j one is at %j', async (wanted, path) => {
  const query = wanted === undefined ? '' : `?next=${encodeURIComponent(wanted)}`;
  const answer = await new Visitor(site.url).submit(`/sign-in${query}`, 'memberId', { memberId: 'kenji' });
  expect(answer.headers.get('location')).toBe(path);
});
