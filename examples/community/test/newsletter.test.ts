import { describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();

const FRONT = 'id="front"';
const FOOTER = 'id="footer"';

describe('the newsletter form', () => {
  test('a valid address is taken, the result waits behind the redirect, and shows in that form only, once', async () => {
    const visitor = new Visitor(site.url);
    const answer = await visitor.submit('/', FRONT, { email: 'ada@example.org', terms: 'on' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');

    const page = await visitor.get('/');
    expect(page.body).toContain('flash-notice');
    expect(page.body.match(/class="thanks"/g)).toHaveLength(1);
    expect(page.body).not.toContain(FRONT);
    expect(page.body).toContain(FOOTER);

    const again = await visitor.get('/');
    expect(again.body).not.toContain('class="thanks"');
    expect(again.body).not.toContain('flash-notice');
  });

  test('refused input renders the page again: 422, errors at their fields, values kept, the other form untouched', async () => {
    const visitor = new Visitor(site.url);
    const page = await visitor.submit('/', FOOTER, { email: 'not an address' });
    expect(page.status).toBe(422);
    const footer = formOf(page.body, FOOTER).markup;
    expect(footer).toContain('That does not look like an e-mail address.');
    expect(footer).toContain('Please agree to the terms first.');
    expect(footer).toContain('value="not an address"');
    expect(footer).toMatch(/<input[^>]*name="email"[^>]*aria-invalid="true"/);
    const place = /<input[^>]*name="email"[^>]*aria-describedby="([^"]+)"/.exec(footer)?.[1];
    expect(footer).toContain(`<ul id="${place}"><li>That does not`);

    const front = formOf(page.body, FRONT).markup;
    expect(front).not.toContain('aria-invalid');
    expect(front).not.toContain('not an address');
  });

  test('the footer works on other pages and leads back to them', async () => {
    const visitor = new Visitor(site.url);
    const answer = await visitor.submit('/posts/what-the-salt-does', FOOTER, {
      email: 'page@example.org',
      terms: 'on',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/posts/what-the-salt-does');
  });

  test('an address that is on the list is the typed error TAKEN, whatever its case', async () => {
    const visitor = new Visitor(site.url);
    await visitor.submit('/', FRONT, { email: 'twice@example.org', terms: 'on' });
    const page = await new Visitor(site.url).submit('/', FRONT, { email: 'TWICE@example.org', terms: 'on' });
    expect(page.status).toBe(409);
    expect(formOf(page.body, FRONT).markup).toContain('This address has had the letter since');

    const form = new FormData();
    form.set('email', 'twice@example.org');
    form.set('terms', 'on');
    const rpc = await visitor.post('/_actions/newsletter', form, { accept: 'application/json' });
    expect(rpc.status).toBe(409);
    expect(rpc.headers.get('content-type')).toContain('application/json+devalue');
    expect(rpc.body).toContain('TAKEN');
  });

  test('input errors over the wire have their fields', async () => {
    const answer = await new Visitor(site.url).post(
      '/_actions/newsletter',
      { email: 'x' },
      { accept: 'application/json' },
    );
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({
      type: 'ActionInputError',
      fields: {
        email: ['That does not look like an e-mail address.'],
        terms: ['Please agree to the terms first.'],
      },
    });
  });

  test('a form of another site is refused, and one without a token', async () => {
    const visitor = await site.member();
    const signUp = { email: 'forged@example.org', terms: 'on' };
    const answer = await visitor.post('/?_action=newsletter', signUp, {
      'sec-fetch-site': 'cross-site',
      origin: 'https://evil.example',
    });
    expect(answer.status).toBe(403);
    expect((await visitor.post('/?_action=newsletter', signUp)).status).toBe(403);
    expect((await visitor.postWithToken('/?_action=newsletter', signUp)).status).toBe(303);
  });
});
