import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field, press } from './src/form-page.ts';
import { makeAccount, openMember, signIn } from './src/member.ts';
import { auditFocus, auditPage } from './src/page-audit.ts';
import { eventually } from './src/wait.ts';

// One red pixel.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

let browser: Browser;
let site: Site;
let context: BrowserContext;
let tab: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(() => context.close());

async function visit(path: string): Promise<void> {
  await tab.goto(site.url + path, { waitUntil: 'load' });
}

/** A browser of a guest, or of a member who is signed in. */
async function open(options: BrowserContextOptions, member?: string): Promise<void> {
  context =
    member === undefined
      ? await openContext(browser, options)
      : await openMember(browser, site, member, { options });
  tab = await context.newPage();
}

/** Has the server say what is wrong, and not the browser. */
async function letPass(form: Locator): Promise<void> {
  await form.evaluate((element: HTMLFormElement) => {
    element.noValidate = true;
  });
}

const path = (): string => new URL(tab.url()).pathname;
const flashes = (): Promise<string[]> => tab.locator('.flash').allInnerTexts();

describe.each([
  { scripts: 'off', javaScriptEnabled: false },
  { scripts: 'on', javaScriptEnabled: true },
])('the community site, JavaScript $scripts', ({ scripts, javaScriptEnabled }) => {
  const options = { javaScriptEnabled };

  test('signs up for the letter, in the form that was used', async () => {
    const thanks = 'You are on the list. The next letter goes out with the next firing.';
    const address = `ada-${scripts}@example.org`;
    await open(options);
    await visit('/');
    const form = tab.locator('form#front');
    const footer = tab.locator('form#footer');
    const email = field(form, 'E-mail');
    await letPass(form);
    await email.input.fill('ada');
    await form.getByRole('button').click();
    await eventually(() => email.isInvalid(), true);
    expect(await email.input.inputValue()).toBe('ada');
    expect(await email.errors()).toBe('That does not look like an e-mail address.');
    expect(await form.getByText('Please agree to the terms first.').isVisible()).toBe(true);
    expect(await footer.locator('[aria-invalid]').count()).toBe(0);

    await email.input.fill(address);
    await form.getByRole('checkbox').check();
    await form.getByRole('button').click();
    await tab.getByText(thanks).first().waitFor();
    await tab.reload();
    expect(await tab.getByText(thanks).count()).toBe(0);

    // The same address again, by the other form.
    await footer.getByLabel('E-mail').fill(address);
    await footer.getByRole('checkbox').check();
    await footer.getByRole('button').click();
    await footer.getByRole('alert').filter({ hasText: 'This address' }).waitFor();
    expect(await footer.getByLabel('E-mail').inputValue()).toBe(address);
    expect(await form.getByRole('alert').count()).toBe(0);
  });

  test('signs in and comes back, likes a post and takes it back', async () => {
    await makeAccount(site, 'ruth');
    await open(options);
    await visit('/');
    const posts = tab.locator('.entry');
    await posts.nth(1).getByRole('heading').getByRole('link').click();
    const here = path();
    const like = tab.locator('form.like').getByRole('button');
    const before = Number(await like.innerText());
    await like.click();
    await tab.getByRole('link', { name: 'Sign in to like a post' }).click();
    await signIn(tab, 'ruth');
    await tab.waitForURL(site.url + here);

    const loads: string[] = [];
    tab.on('request', (request) => {
      if (request.isNavigationRequest()) loads.push(request.method());
    });
    const wasLiked = (await like.getAttribute('aria-pressed')) === 'true';
    for (const [pressed, count] of [
      [!wasLiked, before + (wasLiked ? -1 : 1)],
      [wasLiked, before],
    ] as const) {
      await like.click();
      await eventually(() => like.getAttribute('aria-pressed'), String(pressed));
      expect(Number(await like.innerText())).toBe(count);
    }
    expect(loads.filter((method) => method === 'POST').length).toBe(scripts === 'on' ? 0 : 2);
    await tab.reload();
    expect(Number(await like.innerText())).toBe(before);
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
  });

  test('comments and lands on the comment', async () => {
    const text = `Lovely, said with scripts ${scripts}.\n\n<b>Really</b>.`;
    await open(options, 'kenji');
    await visit('/');
    await tab.locator('.entry h3 a').first().click();
    const form = tab.locator('form').filter({ has: tab.getByLabel('Your comment') });
    const comment = field(tab, 'Your comment');
    await letPass(form);
    await comment.input.fill('x');
    await form.getByRole('button').click();
    await eventually(() => comment.isInvalid(), true);
    expect([await comment.errors(), await comment.input.inputValue()]).toEqual(['Say something first.', 'x']);

    await comment.input.fill(text);
    await form.getByRole('button').click();
    const said = tab.locator('.comment:target', { hasText: text.slice(0, 10) });
    await said.waitFor();
    expect(await said.innerText()).toContain('<b>Really</b>.');
    expect(await flashes()).toEqual(['Thank you, your comment is up.']);
    expect(await comment.input.inputValue()).toBe('');
    await tab.reload();
    expect(await flashes()).toEqual([]);
    expect(await tab.locator('.comment', { hasText: `scripts ${scripts}` }).count()).toBe(1);
  });

  test('puts a pot with two glazes on the shelf and goes to its page', async () => {
    await open(options, 'kenji');
    await visit('/products/new');
    await tab.getByLabel('What is it called?').fill(`Pot by scripts ${scripts}`);
    await tab.getByLabel('Glaze', { exact: true }).fill('Shino');
    await tab.getByRole('button', { name: 'Add a glaze' }).click();
    const rows = tab.getByRole('group', { name: /^Glaze \d/ });
    await eventually(() => rows.count(), 2);
    expect(await rows.nth(0).getByLabel('Glaze', { exact: true }).inputValue()).toBe('Shino');
    await rows.nth(1).getByLabel('Glaze', { exact: true }).fill('Tenmoku');
    await rows.nth(1).getByLabel('Price in €').fill('24.50');
    await rows.nth(1).getByLabel('How many').fill('3');
    await tab.getByRole('button', { name: 'Move glaze 2 up' }).click();
    await eventually(() => rows.nth(0).getByLabel('Glaze', { exact: true }).inputValue(), 'Tenmoku');

    const form = tab.locator('form').filter({ has: tab.getByLabel('Describe it') });
    await letPass(form);
    await form.getByRole('button', { name: 'Put it on the shelf' }).click();
    const description = field(tab, 'Describe it');
    await eventually(() => description.isInvalid(), true);
    expect(await description.errors()).toContain('Describe it in ten letters or more.');
    expect(await field(rows.nth(1), 'Price in €').errors()).toBe('Give a price, such as 24.50.');
    expect(await field(rows.nth(0), 'Price in €').isInvalid()).toBe(false);

    await description.input.fill('A pot made by a browser.');
    await rows.nth(1).getByLabel('Price in €').fill('12');
    await rows.nth(1).getByLabel('How many').fill('0');
    await form.getByRole('button', { name: 'Put it on the shelf' }).click();
    await tab.getByRole('heading', { level: 1, name: `Pot by scripts ${scripts}` }).waitFor();
    expect(path()).toMatch(/^\/products\/[^/]+$/);
    await eventually(flashes, ['It stands on the shelf.']);
    const cells = await tab.locator('tbody tr').allInnerTexts();
    expect(cells.map((row) => row.split(/\s+/))).toEqual([
      ['Tenmoku', '€24.50', '3'],
      ['Shino', '€12.00', 'Sold', 'out'],
    ]);
  });

  test('hangs a picture in the gallery, and only a picture', async () => {
    await open(options, 'kenji');
    await visit('/gallery');
    const form = tab.locator('form').filter({ has: tab.getByLabel('Picture', { exact: true }) });
    const upload = async (buffer: Buffer): Promise<void> => {
      await tab
        .getByLabel('Picture', { exact: true })
        .setInputFiles({ name: 'pot.png', mimeType: 'image/png', buffer });
      await form.getByRole('button', { name: 'Hang it' }).click();
    };
    await tab.getByLabel('What do we see?').fill(`A red pot, scripts ${scripts}`);
    await upload(Buffer.from('<svg onload="alert(1)">'));
    await tab.getByRole('alert').filter({ hasText: 'This file is no PNG' }).waitFor();
    expect(await tab.getByLabel('What do we see?').inputValue()).toBe(`A red pot, scripts ${scripts}`);

    await upload(PNG);
    const picture = tab.getByAltText(`A red pot, scripts ${scripts}`);
    await picture.scrollIntoViewIfNeeded();
    await eventually(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), 1);
    expect(path()).toBe('/gallery');
    await eventually(flashes, ['Your picture hangs in the gallery.']);
  });

  test('finds posts and pots', async () => {
    await open(options);
    await visit('/search');
    let loads = 0;
    tab.on('request', (request) => {
      if (request.isNavigationRequest()) loads++;
    });
    const search = tab.getByLabel('Search posts and pots');
    const status = tab.getByRole('status');
    await search.fill('jug');
    if (scripts === 'off') await press(tab, 'Search', tab.getByRole('search'));
    await eventually(() => status.innerText(), '2 results');
    expect(new URL(tab.url()).search).toBe('?q=jug');
    expect(loads).toBe(scripts === 'off' ? 1 : 0);
    expect(await search.inputValue()).toBe('jug');
    await tab.locator('[data-search-results] a').first().click();
    await tab.locator('article').waitFor();
    await tab.goBack();
    await eventually(() => search.inputValue(), 'jug');
    await search.fill('nothing of the kind');
    if (scripts === 'off') await press(tab, 'Search', tab.getByRole('search'));
    await eventually(() => status.innerText(), '0 results');
  });

  test('leads members to where they wanted to go, and nobody elsewhere', async () => {
    await makeAccount(site, 'tomasz');
    await open(options);
    await visit('/posts/new');
    expect(path()).toBe('/login');
    await signIn(tab, 'tomasz');
    await tab.getByRole('heading', { name: 'Write a post' }).waitFor();
    expect(path()).toBe('/posts/new');
    await context.clearCookies();
    await visit('/sign-in?next=https://evil.example');
    await signIn(tab, 'tomasz');
    await tab.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(tab.url()).toBe(`${site.url}/`);
  });
});

describe.each([
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const)('in $colorScheme colours, $width pixels wide', ({ colorScheme, width }) => {
  // A folder for pictures to look at: SCREENSHOTS=shots npm run test:browser -- e2e/community
  const folder = process.env['SCREENSHOTS'];

  async function audit(name: string): Promise<string[]> {
    if (folder) {
      await mkdir(folder, { recursive: true });
      await tab.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
    return (await auditPage(tab)).map((fault) => `${name}: ${fault}`);
  }

  test('every page can be read, named and used', async () => {
    const options = { colorScheme, viewport: { width, height: 800 } };
    await open(options);
    const faults: string[] = [];
    await visit('/');
    faults.push(...(await audit('home')), ...(await auditFocus(tab, 12)));
    await letPass(tab.locator('form#front'));
    await tab.locator('form#front').getByRole('button').click();
    await tab.locator('form#front [aria-invalid]').first().waitFor();
    faults.push(...(await audit('home-refused')));
    const post = (await tab.locator('.entry h3 a').first().getAttribute('href')) ?? '';
    await visit('/products');
    faults.push(...(await audit('products')));
    await tab.locator('.shelf-item a').first().click();
    await tab.getByRole('table').waitFor();
    faults.push(...(await audit('product')));
    for (const [name, url] of [
      ['search', '/search?q=salt'],
      ['missing', '/nothing/here'],
    ] as const) {
      await visit(url);
      faults.push(...(await audit(name)));
    }
    await context.close();
    await open(options, 'kenji');
    await visit('/products/new');
    await tab.getByRole('button', { name: 'Add a glaze' }).click();
    await tab.getByLabel('Glaze', { exact: true }).nth(1).waitFor();
    await letPass(tab.locator('main form'));
    await tab.getByRole('button', { name: 'Put it on the shelf' }).click();
    await tab.locator('[aria-invalid]').first().waitFor();
    faults.push(...(await audit('product-new-refused')));
    for (const [name, url] of [
      ['post-new', '/posts/new'],
      ['post', post],
      ['gallery', '/gallery'],
    ] as const) {
      await visit(url);
      faults.push(...(await audit(name)));
    }
    expect(faults).toEqual([]);
  });
});
