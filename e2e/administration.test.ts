import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { press } from './src/form-page.ts';
import { addressOf, makeAccount, openMember, PASSWORD, signIn } from './src/member.ts';
import { eventually } from './src/wait.ts';

// The same for whatever is wrong, so that nobody learns who has an account.
const REFUSED = 'Invalid username or password.';

let browser: Browser;
let site: Site;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
  await makeAccount(site, 'boss', { admin: true });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

const pathOf = (page: Page): string => page.url().slice(site.url.length);

describe.each([
  { scripts: 'off', javaScriptEnabled: false },
  { scripts: 'on', javaScriptEnabled: true },
])('an administrator, JavaScript $scripts', ({ scripts, javaScriptEnabled }) => {
  let admin: Page;

  async function openAdmin(): Promise<void> {
    const context = await openMember(browser, site, 'boss', { admin: true, options: { javaScriptEnabled } });
    contexts.push(context);
    admin = await context.newPage();
  }

  /** A tab of a browser of its own. */
  async function openBrowser(): Promise<Page> {
    const context = await openContext(browser, { javaScriptEnabled });
    contexts.push(context);
    return context.newPage();
  }

  async function member(username: string): Promise<Page> {
    await makeAccount(site, username);
    const tab = await openBrowser();
    await tab.goto(`${site.url}/login`);
    await signIn(tab, username);
    await tab.waitForURL(`${site.url}/account`);
    return tab;
  }

  /** The list of accounts as a search finds it, and the button of one of them. */
  async function find(search: string): Promise<Locator> {
    await admin.goto(`${site.url}/admin/users`);
    await admin.getByLabel('Name, username or e-mail').fill(search);
    await press(admin, 'Search');
    expect(await admin.locator('li.user').count()).toBe(1);
    return admin.locator('li.user');
  }

  async function notice(text: string): Promise<void> {
    await admin.locator('.flash').getByText(text, { exact: true }).waitFor();
  }

  test('lets a guest in who registered and never saw the mail', async () => {
    await openAdmin();
    const address = addressOf(`wanda-${scripts}`);
    const guest = await openBrowser();
    await guest.goto(`${site.url}/register`);
    await guest.getByLabel('Your name').fill(`Wanda ${scripts}`);
    await guest.locator('form#register').getByLabel('E-mail').fill(address);
    await guest.getByLabel('Password').fill(PASSWORD);
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.waitForURL('**/check-mail');
    await guest.goto(`${site.url}/login`);
    await signIn(guest, address);
    await guest.getByText(REFUSED).waitFor();

    const card = await find(`Wanda ${scripts}`);
    expect(await card.innerText()).toContain('waiting');
    await admin.getByRole('button', { name: `Approve Wanda ${scripts}` }).click();
    await notice('User activated.');
    expect(await card.innerText()).toContain('active');
    await signIn(guest, address);
    await guest.waitForURL(`${site.url}/account`);
    expect(await guest.getByRole('heading', { level: 1 }).innerText()).toBe('Hello, Wanda');
  });

  test('suspends a member, who is out at the next request, until let back in', async () => {
    await openAdmin();
    const name = `sus-${scripts}`;
    const tab = await member(name);
    await tab.goto(`${site.url}/account/profile`);
    await tab.getByLabel('Your craft').fill('Trouble');
    await find(name);
    await admin.getByRole('button', { name: `Suspend ${name} Tester` }).click();
    await notice('User suspended.');
    expect(pathOf(admin)).toContain(`search=${name}`);
    expect(await admin.locator('li.user').innerText()).toContain('suspended');

    await tab.getByRole('button', { name: 'Save the profile' }).click();
    await tab.locator('.flash-error, main .banner:not([hidden])').waitFor();
    await tab.goto(`${site.url}/account`);
    expect(pathOf(tab)).toBe('/login');
    await signIn(tab, name);
    await tab.getByText(REFUSED).waitFor();

    await admin.getByRole('button', { name: `Let back in ${name} Tester` }).click();
    await notice('User unsuspended.');
    await signIn(tab, name);
    await tab.waitForURL(`${site.url}/account`);
    await tab.goto(`${site.url}/account/profile`);
    expect(await tab.getByLabel('Your craft').inputValue()).toBe('');
  });

  test('is somebody else under a banner on every page, and is himself again by its button', async () => {
    const name = `other-${scripts}`;
    await makeAccount(site, name);
    admin = await openBrowser();
    await admin.goto(`${site.url}/admin/users`);
    await signIn(admin, 'boss');
    await admin.waitForURL(`${site.url}/admin/users`);
    await find(name);
    await admin.getByRole('button', { name: `Sign in as ${name} Tester` }).click();
    await admin.waitForURL(`${site.url}/account`);
    const disguise = admin.locator('.disguise');
    for (const path of ['/account', '/', '/posts/new', '/nothing/here']) {
      await admin.goto(site.url + path);
      expect(await disguise.innerText()).toContain(`You see the site as ${name} Tester does`);
    }
    expect((await admin.goto(`${site.url}/admin/users`))?.status()).toBe(403);
    expect(await disguise.isVisible()).toBe(true);
    await admin.goto(`${site.url}/gallery`);
    await disguise.getByRole('button', { name: 'Be yourself again' }).click();
    await admin.waitForURL(`${site.url}/admin/users`);
    await eventually(() => disguise.count(), 0);
    await notice('You are yourself again.');
    expect(await admin.locator('.who-name').innerText()).toBe('boss Tester');

    // Who has just been somebody else proves once more who he is.
    await find(name);
    await admin.getByRole('link', { name: `Sign in as ${name} Tester, after your password` }).click();
    await admin.getByRole('heading', { name: 'Is it you?' }).waitFor();
    await admin.getByLabel('Password').fill(PASSWORD);
    await admin.getByRole('button', { name: 'Go on' }).click();
    await admin.getByRole('button', { name: `Sign in as ${name} Tester` }).click();
    await admin.waitForURL(`${site.url}/account`);
    // Leaving ends both.
    await admin.getByRole('button', { name: 'Sign out' }).click();
    await admin.getByText('You are signed out.').waitFor();
    await admin.goto(`${site.url}/admin/users`);
    expect(pathOf(admin)).toBe('/login');
  });
});
