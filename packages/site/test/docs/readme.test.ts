import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Answer, Visitor } from '../support/visitor.ts';
import { postForm, startReadmeApp, type ReadmeApp } from './readme-app.ts';

const PASSWORD = 'correct horse battery staple';

let app: ReadmeApp;
let visitor: Visitor;

beforeAll(async () => {
  app = await startReadmeApp('Accounts');
  visitor = app.newVisitor();
}, 30_000);

afterAll(() => app?.stop());

describe('the accounts of README.md', () => {
  test('take at most thirty lines', () => {
    expect(app.lines).toBeLessThanOrEqual(30);
  });

  test('lead from the form by a mail and the login to the page for members, and out', async () => {
    const refused = await register({ email: 'ada@example.com', password: 'short' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('should contain at least 8 characters.');
    expect(refused.text).toContain('value="ada@example.com"');
    expect(refused.text).not.toContain('value="short"');

    expect((await register({ email: 'ada@example.com', password: PASSWORD })).status).toBe(303);
    expect((await visitor.get('/')).text).toContain('Look into your mail');

    const link = await linkOfNewestMail();
    expect((await postForm(visitor, link, await visitor.get(link))).status).toBe(303);

    const guest = await visitor.get('/members');
    expect([guest.status, guest.location]).toEqual([303, '/login']);
    const login = await visitor.get('/login');
    const signedIn = await postForm(visitor, '/login', login, {
      loginName: 'ada@example.com',
      password: PASSWORD,
    });
    expect([signedIn.status, signedIn.location]).toEqual([303, '/members']);
    expect((await visitor.get('/members')).text).toContain('Hello, ada@example.com.');

    await visitor.get('/logout', { headers: { 'sec-fetch-dest': 'document' } });
    expect((await visitor.get('/')).text).toContain('Register');
  });
});

async function register(fields: Record<string, string>): Promise<Answer> {
  return postForm(visitor, '/?_action=users.saveUser', await visitor.get('/'), fields);
}

/** Its path and query. Waits for it, since mail goes out after the answer. */
function linkOfNewestMail(): Promise<string> {
  return vi.waitFor(async () => {
    const { json } = await visitor.send('/_portico/mail', { headers: { accept: 'application/json' } });
    const { pathname, search } = new URL(json[0].links[0]);
    return pathname + search;
  });
}
