import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../support/visitor.ts';
import { postForm, startReadmeApp, type ReadmeApp } from './readme-app.ts';

const PASSWORD = 'correct horse battery staple';
const EMAIL = 'you@example.org';
const TEA = '/recipes/green-tea';

let app: ReadmeApp;
let guest: Visitor;

beforeAll(async () => {
  app = await startReadmeApp('Content');
  guest = app.newVisitor();
}, 30_000);

afterAll(() => app?.stop());

describe('the content of README.md', () => {
  test('takes at most thirty-five lines', () => {
    expect(app.lines).toBeLessThanOrEqual(35);
  });

  test('is written by a guest, found by a query, and changed by an administrator in two tabs', async () => {
    const refused = await save(guest, '/', { title: 'Green tea', 'fields[minutes]': '4' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Method cannot be blank.');
    expect(refused.text).toContain('value="Green tea"');

    const written = await save(guest, '/', {
      title: 'Green tea',
      'fields[method]': 'Pour, and wait.',
      'fields[minutes]': '4',
    });
    expect([written.status, written.location]).toEqual([303, TEA]);
    await save(guest, '/', { title: 'Stew', 'fields[method]': 'Cook.', 'fields[minutes]': '90' });
    const home = await guest.get('/');
    expect(home.text).toMatch(/recipes\/green-tea">Green tea<\/a>, 4 minutes, by a guest/);
    expect(home.text).not.toContain('Stew');
    const page = await guest.get(TEA);
    expect(page.text).toContain('<p>Pour, and wait.');
    expect(page.text).not.toContain('<form');
    expect((await guest.get('/recipes/coffee')).status).toBe(404);

    await app.command(['users', 'create', '--email', EMAIL, '--admin', '--password-stdin'], PASSWORD);
    const editor = app.newVisitor();
    const login = { loginName: EMAIL, password: PASSWORD };
    await postForm(editor, '/login', await editor.get('/login'), login);

    const [first, second] = [await editor.get(TEA), await editor.get(TEA)];
    const typed = (method: string) => ({
      title: 'Green tea',
      'fields[method]': method,
      'fields[minutes]': '4',
    });
    const won = await postForm(editor, `${TEA}?_action=entries.saveEntry`, first, typed('At 80 degrees.'));
    expect(won.status).toBe(303);
    const lost = await postForm(editor, `${TEA}?_action=entries.saveEntry`, second, typed('In a bowl.'));
    expect(lost.status).toBe(409);
    expect(lost.text).toContain('Somebody saved this entry while you were writing.');
    expect(lost.text).toContain('<p>At 80 degrees.');
    expect(lost.text).toContain('value="In a bowl."');
    expect((await guest.get(TEA)).text).toContain('<p>At 80 degrees.');
  }, 30_000); // It starts a program, and hashes passwords in earnest.
});

async function save(visitor: Visitor, path: string, fields: Record<string, string>) {
  return postForm(visitor, `${path}?_action=entries.saveEntry`, await visitor.get(path), fields);
}
