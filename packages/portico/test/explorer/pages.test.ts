import { describe, expect, test } from 'vitest';
import { serve } from '../support/serve.ts';
import { openApp, order } from './fixture.ts';

async function open(path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const { agent } = await serve(openApp());
  const { status, headers, ...answer } = await read(agent(), path);
  return { status, headers, ...answer };
}

async function read(visitor: { get(path: string): Promise<Response> }, path: string) {
  const response = await visitor.get(path);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the list of actions', () => {
  test('has every action by namespace, and a policy that lets nothing in from elsewhere', async () => {
    const { status, text, headers } = await open('/_portico');
    expect(status).toBe(200);
    for (const name of ['newsletter', 'shop.everything', 'shop.search', 'me', 'remove']) {
      expect(text).toContain(`<a href="/_portico/actions/${name}">${name}</a>`);
    }
    expect(text).toContain('Signs somebody up for the newsletter.');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(text).not.toMatch(/<script(?![^>]*src=)|style="|https?:\/\//);
  });

  test.each([
    ['newsletter', ['newsletter']],
    ['SIGNS up', ['newsletter']],
    ['shop', ['shop.everything', 'shop.raw', 'shop.search']],
    ['actions/shop/raw', ['shop.raw']],
    ['nothing like it', []],
  ])('searched for %j shows %j', async (query, names) => {
    const { text } = await open(`/_portico?q=${encodeURIComponent(query)}`);
    expect([...text.matchAll(/actions\/([\w.]+)"/g)].map((match) => match[1])).toEqual(names);
  });

  test('shows what was searched for as text', async () => {
    expect((await open('/_portico?q=%3Cscript%3E')).text).toContain('“&lt;script&gt;”');
  });

  test('leads to the mailbox of a plugin, which stays the plugin’s, as its routes do', async () => {
    const { agent } = await serve(openApp());
    const visitor = agent();
    expect((await read(visitor, '/_portico')).text).toContain('<a href="/_portico/mail" >Mail</a>');
    expect((await read(visitor, '/_portico/mail')).text).toBe('The mailbox');
    expect(await (await visitor.get('/_portico/photos/5?q=a')).json()).toEqual({ q: 'a', page: 1 });
    expect((await read(visitor, '/_portico/uploads/x')).status).toBe(404);
  });
});

describe('the page of an action', () => {
  test('says what is known of it', async () => {
    const { text } = await open('/_portico/actions/newsletter');
    for (const part of [
      '<h1>newsletter</h1>',
      '/_actions/newsletter',
      '/any/page?_action=newsletter',
      '/actions/newsletter',
      'portico.call(portico.actions.newsletter, input)',
      'JSON and forms',
      '1000 in 60 s by address',
      'TAKEN',
      'since: Date;',
      '<code>/thanks</code>',
      'Ada &lt;admin&gt;',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('where its script does not run, the form of an action sends nothing: an address would hold the password', async () => {
    const { text } = await open('/_portico/actions/shop.everything');
    expect(text).toMatch(/<form [^>]*method="dialog"[^>]*id="input-form"/);
  });

  test.each([
    [
      'title',
      /<input id="shop-everything__title" name="title" type="text" value="" minlength="3" maxlength="20" required/,
    ],
    ['story', /<textarea [^>]*name="story"/],
    ['qty', /name="qty" type="number" value="" step="any" min="1" max="9" required/],
    ['exact', /name="exact" type="text"/],
    ['day', /name="day" type="date"/],
    ['site', /name="site" type="url"/],
    ['gift', /name="gift" type="checkbox"/],
    ['size', /<select [^>]*name="size" required><option value=""><\/option><option value="small">/],
    ['toppings', /name="toppings" type="checkbox" value="salt"/],
    ['tags', /name="_list" value="add:tags"/],
    ['items', /name="_list" value="add:items"/],
    ['address', /<fieldset class="group" data-field="address"/],
    ['shape', /<select [^>]*name="shape.kind"/],
    ['a field of one variant', /Radius \(circle\)/],
    ['prices', /<textarea [^>]*name="prices"[^>]*data-json="prices"/],
    ['scan', /name="scan" type="file"/],
    ['password', /name="password" type="password"/],
    ['pin', /name="pin" type="password"/],
    ['a description', /id="shop-everything__title-hint">As it is printed\./],
    [
      'rules',
      /<code>title<\/code><\/th>\s*<td>text<\/td>\s*<td>\s*required, at least 3, at most 20 characters/,
    ],
  ])('has a control for %s', async (_name, expected) => {
    expect((await open('/_portico/actions/shop.everything')).text).toMatch(expected);
  });

  test('an action without a schema takes JSON', async () => {
    expect((await open('/_portico/actions/shop.raw')).text).toMatch(/<textarea [^>]*data-json=""/);
  });

  test.each(['nothing', 'shop/search', 'shop', '%E0%A4%A', '__proto__'])(
    'of %j is not found',
    async (name) => {
      const { status, text } = await open(`/_portico/actions/${name}`);
      expect([status, text.includes('<h1>Not found</h1>')]).toEqual([404, true]);
    },
  );

  test('in an app below a path', async () => {
    const { agent } = await serve(openApp({}, { base: '/shop' }));
    const { text } = await read(agent(), '/shop/_portico/actions/newsletter');
    expect(text).toContain('href="/shop/_portico/assets/explorer.css"');
    expect(text).toContain('/shop/actions/newsletter');
    expect((await read(agent(), '/_portico')).status).toBe(404);
  });
});

test('the buttons of a list add a row and keep what was typed, but no secret', async () => {
  const { agent } = await serve(openApp());
  const pressed = order(
    { action: 'shop.everything', list: 'add:items' },
    { title: 'Bread', 'items[0].name': 'flour', password: 'unheard of' },
    { prices: { small: 5 } },
  );
  const text = await (await agent().post('/_portico/form', pressed)).text();
  expect(text).toContain('name="title" type="text" value="Bread"');
  expect(text).toContain('name="items[0].name" type="text" value="flour"');
  expect(text).toContain('name="items[1].name" type="text" value=""');
  expect(text).toContain('&quot;small&quot;: 5');
  expect(text).not.toContain('unheard of');
});

test('actions.json has the same, for tools', async () => {
  const { agent } = await serve(openApp());
  const { actions } = (await (await agent().get('/_portico/actions.json')).json()) as {
    actions: ReadonlyArray<{ name: string; fields: ReadonlyArray<Record<string, unknown>> }>;
  };
  expect(actions.map(({ name }) => name)).toEqual([
    'me',
    'newsletter',
    'remove',
    'shop.everything',
    'shop.raw',
    'shop.search',
  ]);
  const fields = actions.find(({ name }) => name === 'shop.everything')?.fields ?? [];
  expect(fields.map(({ name }) => name)).toContain('items[].notes');
  expect(fields.find(({ name }) => name === 'pin')).toMatchObject({
    type: 'text',
    secret: true,
    required: false,
  });
  expect(actions.find(({ name }) => name === 'remove')).toMatchObject({ destructive: true, accept: 'json' });
});

test('the script is one file that a browser can read', async () => {
  const { text, headers } = await open('/_portico/assets/explorer.js');
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(() => new Function(text)).not.toThrow();
});
