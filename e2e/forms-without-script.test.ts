import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startFixture, type Fixture } from './src/fixture.ts';
import { field, flashes, press } from './src/form-page.ts';

let browser: Browser;
let node: Fixture;
let hono: Fixture;
let context: BrowserContext;
let tab: Page;

beforeAll(async () => {
  [browser, node, hono] = await Promise.all([
    launchBrowser(),
    startFixture(),
    startFixture({ host: 'hono' }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([node?.close(), hono?.close()]);
});
beforeEach(async () => {
  node.reset();
  hono.reset();
  context = await openContext(browser, { javaScriptEnabled: false });
  tab = await context.newPage();
});
afterEach(() => context.close());

describe.each(['node', 'hono'] as const)('a form on its own page, by portico/%s', (host) => {
  let app: Fixture;
  beforeEach(() => {
    app = host === 'node' ? node : hono;
  });

  test('shows its errors by field and keeps what was typed, then succeeds, and says so once', async () => {
    await tab.goto(`${app.url}/newsletter`);
    await tab.getByLabel('E-mail').fill('ada');
    const refused = await press(tab, 'Send anyway');
    expect(refused.status()).toBe(422);
    expect(app.count('newsletter')).toBe(0);
    const email = field(tab, 'E-mail');
    const terms = field(tab, 'I agree');
    expect(await email.input.inputValue()).toBe('ada');
    expect([await email.isInvalid(), await email.errors()]).toEqual([true, 'Give an e-mail address.']);
    expect([await terms.isInvalid(), await terms.errors()]).toEqual([true, 'Agree to the terms.']);
    expect(await tab.locator('.banner').textContent()).toBe('Please check the form.');

    await email.input.fill('ada@example.org');
    await terms.input.check();
    const accepted = await press(tab, 'Send');
    expect(accepted.status()).toBe(200);
    expect(accepted.request().method()).toBe('GET');
    expect((await accepted.request().redirectedFrom()?.response())?.status()).toBe(303);
    expect(await flashes(tab)).toEqual(['Thanks for signing up!']);
    expect(await tab.locator('.result').textContent()).toBe('Subscribed as sub-ada@example.org');
    expect(app.calls.get('newsletter')).toEqual([{ email: 'ada@example.org', terms: true }]);

    await tab.reload();
    expect(app.count('newsletter')).toBe(1);
    expect(await flashes(tab)).toEqual([]);
    expect(await tab.locator('.result').count()).toBe(0);
    expect(await email.input.inputValue()).toBe('');
  });

  test('comes back by the back button without being sent again', async () => {
    await tab.goto(`${app.url}/newsletter`);
    await tab.getByLabel('E-mail').fill('ada@example.org');
    await tab.getByLabel('I agree').check();
    await press(tab, 'Send');
    await tab.goto(`${app.url}/done`);
    await tab.goBack();
    expect(await tab.getByLabel('E-mail').count()).toBe(1);
    await tab.goBack();
    expect(await tab.getByLabel('E-mail').count()).toBe(1);
    await tab.goForward();
    await tab.reload();
    expect(app.count('newsletter')).toBe(1);
  });

  test('is not sent again by going back over a page that showed errors', async () => {
    await tab.goto(`${app.url}/newsletter`);
    await tab.getByLabel('E-mail').fill('ada');
    await press(tab, 'Send anyway');
    await tab.getByLabel('E-mail').fill('ada@example.org');
    await tab.getByLabel('I agree').check();
    await press(tab, 'Send');
    // That page came by a POST: the browser shows it from memory, or asks before it would send anything.
    await tab.goBack().catch((error: Error) => expect(error.message).toContain('ERR_CACHE_MISS'));
    await tab.goBack();
    expect(await tab.getByLabel('E-mail').count()).toBe(1);
    expect(await tab.locator('[aria-invalid]').count()).toBe(0);
    expect(app.count('newsletter')).toBe(1);
  });

  test.each([
    ['an error of its own', 'taken@example.org', 409, 'This address is on the list already.'],
    ['a handler that breaks', 'broken@example.org', 500, 'Something went wrong on the server.'],
  ])('keeps what was typed after %s', async (_case, address, status, banner) => {
    await tab.goto(`${app.url}/newsletter`);
    await tab.getByLabel('E-mail').fill(address);
    await tab.getByLabel('I agree').check();
    const answer = await press(tab, 'Send');
    expect(answer.status()).toBe(status);
    expect(await tab.locator('.banner').textContent()).toBe(banner);
    expect(await tab.getByLabel('E-mail').inputValue()).toBe(address);
    expect(await tab.getByLabel('I agree').isChecked()).toBe(true);
    expect(await tab.content()).not.toContain('secret of the database');
  });
});

test('the browser itself stops what its attributes forbid', async () => {
  await tab.goto(`${node.url}/newsletter`);
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  expect(await field(tab, 'E-mail').isFocused()).toBe(true);
  expect(await tab.locator('form').evaluate((form) => form.matches(':invalid'))).toBe(true);
  expect(tab.url()).toBe(`${node.url}/newsletter`);
});

describe.each([
  ['on its own page', '/profile'],
  ['posted to its path', '/by-path'],
])('a controller-style form %s', (_case, path) => {
  test('keeps what was typed but the password, and follows its signed redirect', async () => {
    await tab.goto(node.url + path);
    await tab.getByLabel('Name').fill('A');
    await tab.getByLabel('Password').fill('open sesame');
    await tab.getByLabel('Country').selectOption('jp');
    await tab.getByLabel('About').fill('First line\n<b>second</b> "line"');
    const refused = await press(tab, 'Send anyway');
    expect(refused.status()).toBe(path === '/profile' ? 422 : 200);
    expect(tab.url()).toBe(node.url + path);
    expect(await flashes(tab)).toEqual(['The profile is not saved.']);
    const name = field(tab, 'Name');
    expect([await name.isInvalid(), await name.errors()]).toEqual([true, 'A name has two letters or more.']);
    expect(await name.input.inputValue()).toBe('A');
    expect(await field(tab, 'Country').input.inputValue()).toBe('jp');
    expect(await field(tab, 'About').input.inputValue()).toBe('First line\n<b>second</b> "line"');
    expect(await field(tab, 'Password').input.inputValue()).toBe('');
    expect(await tab.content()).not.toContain('open sesame');

    await name.input.fill('Ada');
    await tab.getByLabel('Password').fill('open sesame');
    await press(tab, 'Send');
    expect(tab.url()).toBe(`${node.url}/people/ada`);
    expect(await flashes(tab)).toEqual(['Profile saved.']);
    expect(node.calls.get('profile.save')).toEqual([
      { name: 'Ada', password: 'open sesame', country: 'jp', about: 'First line\n<b>second</b> "line"' },
    ]);
    await tab.reload();
    expect(await flashes(tab)).toEqual([]);
    expect(node.count('profile.save')).toBe(1);
  });
});

describe('an upload', () => {
  const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('some notes') };

  test('keeps the text but not the file', async () => {
    await tab.goto(`${node.url}/upload`);
    await tab.getByLabel('Title').fill('No');
    await tab.getByLabel('File').setInputFiles(file);
    expect((await press(tab, 'Send anyway')).status()).toBe(422);
    expect(await tab.getByLabel('Title').inputValue()).toBe('No');
    expect(await field(tab, 'Title').errors()).toBe('Three letters or more.');
    expect(await tab.getByLabel('File').inputValue()).toBe('');

    await tab.getByLabel('Title').fill('Notes');
    expect((await press(tab, 'Send anyway')).status()).toBe(422);
    expect(await field(tab, 'File').errors()).toBe('Choose a file.');
    await tab.getByLabel('File').setInputFiles(file);
    await press(tab, 'Send');
    expect(tab.url()).toBe(`${node.url}/done`);
    expect(await flashes(tab)).toEqual(['Uploaded.']);
    expect(node.calls.get('upload')).toEqual([{ title: 'Notes', name: 'notes.txt', size: 10 }]);
  });
});

describe('a list', () => {
  const names = (): Promise<string[]> =>
    tab
      .getByLabel(/^Item /)
      .all()
      .then((inputs) => Promise.all(inputs.map((input) => input.inputValue())));

  test('takes rows more, less and elsewhere without losing what was typed', async () => {
    await tab.goto(`${node.url}/order`);
    await tab.getByLabel('Customer').fill('Ada');
    await tab.getByLabel('Item 1').fill('cup');
    await tab.getByLabel('Quantity 1').fill('1');
    expect((await press(tab, 'Add an item')).status()).toBe(200);
    expect(await names()).toEqual(['cup', '']);
    await tab.getByLabel('Item 2').fill('jug');
    await press(tab, 'Add an item');
    await tab.getByLabel('Item 3').fill('bowl');
    await tab.getByLabel('Quantity 3').fill('3');
    expect(await tab.getByRole('button', { name: 'Up 1' }).isDisabled()).toBe(true);
    await press(tab, 'Up 3');
    expect(await names()).toEqual(['cup', 'bowl', 'jug']);
    expect(await tab.getByLabel('Quantity 2').inputValue()).toBe('3');
    await press(tab, 'Down 1');
    expect(await names()).toEqual(['bowl', 'cup', 'jug']);
    await press(tab, 'Remove 2');
    expect(await names()).toEqual(['bowl', 'jug']);
    expect(await tab.getByLabel('Customer').inputValue()).toBe('Ada');
    expect(await tab.locator('[aria-invalid]').count()).toBe(0);
    expect(node.count('order')).toBe(0);

    expect((await press(tab, 'Send anyway')).status()).toBe(422);
    expect(await field(tab, 'Quantity 2').isInvalid()).toBe(true);
    expect(await field(tab, 'Quantity 1').isInvalid()).toBe(false);
    await tab.getByLabel('Quantity 2').fill('2');
    await press(tab, 'Send');
    expect(await flashes(tab)).toEqual(['Ordered.']);
    expect(node.calls.get('order')).toEqual([
      {
        customer: 'Ada',
        items: [
          { name: 'bowl', qty: 3 },
          { name: 'jug', qty: 2 },
        ],
      },
    ]);
  });

  test('is submitted, not edited, by Enter in a field', async () => {
    await tab.goto(`${node.url}/order`);
    await tab.getByLabel('Customer').fill('Ada');
    await tab.getByLabel('Quantity 1').fill('1');
    await tab.getByLabel('Item 1').fill('cup');
    await Promise.all([tab.waitForNavigation(), tab.getByLabel('Item 1').press('Enter')]);
    expect(await flashes(tab)).toEqual(['Ordered.']);
    expect(node.count('order')).toBe(1);
  });
});
