import { describe, expect, test } from 'vitest';
import { makeMember, PASSWORD } from './accounts.ts';
import { useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();

const FORM = 'Put it on the shelf';
const JAR = {
  name: 'Honey jar',
  description: 'Small, with a lid that closes.',
  'variants[0][glaze]': 'Ash',
  'variants[0][price]': '24.50',
  'variants[0][stock]': '3',
};

describe('the product form', () => {
  test('a valid product leads to its new page', async () => {
    const visitor = await site.member();
    const more = { 'variants[1][glaze]': 'Shino', 'variants[1][price]': '19.99', 'variants[1][stock]': '0' };
    const answer = await visitor.submit('/products/new', FORM, { ...JAR, ...more });
    expect(answer.status).toBe(303);
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^\/products\/[0-9a-z]{10}$/);

    const page = await visitor.get(location);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1>Honey jar</h1>');
    expect(page.body).toContain('€24.50');
    expect(page.body).toContain('€19.99');
    expect(page.body).toContain('It stands on the shelf.');
    expect((await visitor.get('/products')).body).toContain('from €24.50');
  });

  test('what is wrong in a row stands in that row, and everything typed is kept', async () => {
    const visitor = await site.member();
    const page = await visitor.submit('/products/new', FORM, {
      ...JAR,
      'variants[0][price]': 'a lot',
      'variants[0][stock]': '1.5',
    });
    expect(page.status).toBe(422);
    const { markup } = formOf(page.body, FORM);
    expect(markup).toContain('Give a price, such as 24.50.');
    expect(markup).toContain('Give a whole number.');
    expect(markup).toContain('value="a lot"');
    expect(markup).toContain('value="Honey jar"');
    expect(markup).toMatch(/<input[^>]*name="variants\[0\][.[]price\]?"[^>]*aria-invalid="true"/);
  });

  test('rows come and go without JavaScript, and nothing is saved or lost by it', async () => {
    const visitor = await site.member();
    const added = await visitor.submit('/products/new', FORM, { ...JAR, _list: 'add:variants' });
    expect(added.status).toBe(200);
    expect(added.body).toContain('aria-label="Glaze 2"');
    expect(added.body).toContain('value="Honey jar"');
    expect(added.body).not.toContain('aria-invalid');

    const two = {
      ...JAR,
      'variants[1][glaze]': 'Second',
      'variants[1][price]': '1',
      'variants[1][stock]': '1',
    };
    const removed = await visitor.submit('/products/new', FORM, { ...two, _list: 'remove:variants:0' });
    expect(removed.body).not.toContain('aria-label="Glaze 2"');
    expect(removed.body).toContain('value="Second"');
    expect(removed.body).not.toContain('value="Ash"');
  });

  test('a guest is sent to sign in, and comes back', async () => {
    const visitor = new Visitor(site.url);
    const answer = await visitor.get('/products/new');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/login');
    await makeMember(site.dataFolder, 'ines');
    const login = await visitor.submit('/login', 'users/login', { loginName: 'ines', password: PASSWORD });
    expect(login.headers.get('location')).toBe('/products/new');
    expect((await visitor.get('/products/new')).status).toBe(200);
  });

  test('a guest has no action, either', async () => {
    const visitor = new Visitor(site.url);
    expect((await visitor.post('/_actions/createProduct', JAR, { accept: 'application/json' })).status).toBe(
      401,
    );
  });

  test('over the wire: the data and where to go', async () => {
    const visitor = await site.member();
    const answer = await visitor.post('/_actions/createProduct', JAR, { accept: 'application/json' });
    expect(answer.status).toBe(200);
    const { data, redirect } = JSON.parse(answer.body) as { data: { id: string }; redirect: string };
    expect(redirect).toBe(`/products/${data.id}`);
  });
});
