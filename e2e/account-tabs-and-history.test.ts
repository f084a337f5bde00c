import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field, flashes, press } from './src/form-page.ts';
import { makeAccount, signIn } from './src/member.ts';
import { eventually } from './src/wait.ts';

const SEND_AGAIN = 'The form could not be checked. Please send it once more.';

let browser: Browser;
let site: Site;
let context: BrowserContext;
let tab: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
  await makeAccount(site, 'ruth');
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(() => context.close());

async function openTab(path: string): Promise<Page> {
  const opened = await context.newPage();
  await opened.goto(site.url + path);
  return opened;
}

const pathOf = (page: Page): string => page.url().slice(site.url.length);
const banner = (page: Page): Locator => page.locator('main .banner:not([hidden])');

/** In another tab of the same browser. */
async function signInElsewhere(): Promise<Page> {
  const other = await openTab('/login');
  await signIn(other, 'ruth');
  await other.getByRole('button', { name: 'Sign out' }).waitFor();
  return other;
}

/** In another tab of the same browser. */
async function signOutElsewhere(): Promise<void> {
  const other = await openTab('/');
  await press(other, 'Sign out');
  await other.getByText('You are signed out.').waitFor();
  await other.close();
}

describe.each([
  { scripts: 'off', javaScriptEnabled: false },
  { scripts: 'on', javaScriptEnabled: true },
])('JavaScript $scripts', ({ javaScriptEnabled }) => {
  beforeEach(async () => {
    context = await openContext(browser, { javaScriptEnabled });
  });

  test('Back after a login leads to no form and no error, and Forward to the page again', async () => {
    tab = await openTab('/');
    await tab.goto(`${site.url}/posts/new`);
    expect(pathOf(tab)).toBe('/login');
    await signIn(tab, 'ruth');
    await tab.waitForURL(`${site.url}/posts/new`);
    const back = await tab.goBack();
    expect([back?.status(), pathOf(tab)]).toEqual([200, '/account']);
    expect(await tab.getByRole('heading', { level: 1 }).innerText()).toBe('Hello, ruth');
    await tab.goForward();
    expect(pathOf(tab)).toBe('/posts/new');
    await tab.goBack();
    await tab.goBack();
    expect(pathOf(tab)).toBe('/');
    expect(await tab.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true);
  });

  test('Back after a form that was refused leads to one that can be sent', async () => {
    await (await signInElsewhere()).close();
    tab = await openTab('/account/addresses');
    const before = await tab.locator('li.card').count();
    await tab.getByRole('link', { name: 'Add an address' }).click();
    await tab.waitForURL('**/new');
    await tab.goto(`${site.url}/account/addresses/new?country=FR`);
    const fill = async (postalCode: string): Promise<void> => {
      await tab.getByLabel('Address line 1').fill('1 rue du Four');
      await tab.getByLabel('City').fill('Nevers');
      await tab.getByLabel('Postal code').fill(postalCode);
      await tab.getByRole('button', { name: 'Save the address' }).click();
    };
    await fill('58');
    await eventually(() => field(tab, 'Postal code').isInvalid(), true);
    await tab.goBack();
    // With scripts the refusal was no page of its own.
    if (javaScriptEnabled) {
      expect(pathOf(tab)).toBe('/account/addresses/new');
      await tab.goForward();
    }
    expect(pathOf(tab)).toBe('/account/addresses/new?country=FR');
    expect(await tab.locator('[aria-invalid], .flash').count()).toBe(0);
    await fill('58000');
    await tab.waitForURL('**/account/addresses');
    expect(await tab.locator('li.card').count()).toBe(before + 1);

    const back = await tab.goBack();
    expect([back?.status(), pathOf(tab)]).toEqual([200, '/account/addresses/new?country=FR']);
    expect(await tab.locator('[aria-invalid], .flash').count()).toBe(0);
    await tab.goForward();
    expect(await tab.locator('li.card').count()).toBe(before + 1);
    expect(await flashes(tab)).toEqual([]);
  });

  test('signing out in two tabs is no mistake', async () => {
    const other = await signInElsewhere();
    await signOutElsewhere();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByText('You are signed out.').waitFor();
    expect(pathOf(other)).toBe('/');
  });
});

describe('without JavaScript, who signed out in another tab', () => {
  beforeEach(async () => {
    context = await openContext(browser, { javaScriptEnabled: false });
    tab = await signInElsewhere();
  });

  test('is told to sign in, and comes back to the page of the form', async () => {
    await tab.goto(`${site.url}/account/profile`);
    await tab.getByLabel('Your craft').fill('Lids');
    await signOutElsewhere();
    await press(tab, 'Save the profile');
    expect([pathOf(tab), await flashes(tab)]).toEqual([
      '/login',
      ['Your session has ended. Log in to go on.'],
    ]);
    await signIn(tab, 'ruth');
    await tab.waitForURL(`${site.url}/account/profile`);
    await tab.getByLabel('Your craft').fill('Lids');
    await press(tab, 'Save the profile');
    expect(await flashes(tab)).toEqual(['Your profile is saved.']);
  });

  test('stays on a page that guests may read, and is told there', async () => {
    await tab.goto(site.url);
    await tab.locator('.entry h3 a').first().click();
    const here = pathOf(tab);
    await tab.getByLabel('Your comment').fill('Said in vain.');
    await signOutElsewhere();
    expect((await press(tab, 'Post the comment')).status()).toBe(401);
    expect([pathOf(tab), await flashes(tab)]).toEqual([here, ['Sign in to do this.']]);
    await tab.locator('#comments').getByRole('link', { name: 'Sign in' }).click();
    await signIn(tab, 'ruth');
    await tab.waitForURL(site.url + here);
    expect(await tab.locator('.comment', { hasText: 'Said in vain.' }).count()).toBe(0);
  });

  test('and in again, finds the form with what was typed, and sends it once more', async () => {
    await tab.goto(site.url);
    await tab.locator('.entry h3 a').first().click();
    const comment = tab.getByLabel('Your comment');
    await comment.fill('Said twice, without a script.');
    await signOutElsewhere();
    await signInElsewhere();
    expect((await press(tab, 'Post the comment')).status()).toBe(400);
    expect(await flashes(tab)).toEqual(['The form could not be checked. Please send it once more.']);
    expect(await comment.inputValue()).toBe('Said twice, without a script.');
    await press(tab, 'Post the comment');
    expect(await tab.locator('.comment', { hasText: 'Said twice, without a script.' }).count()).toBe(1);
  });
});

test('with JavaScript, a form outlives that its sender signs out and in again in another tab', async () => {
  context = await openContext(browser);
  tab = await signInElsewhere();
  await tab.goto(`${site.url}/posts/new`);
  const title = tab.getByLabel('Title');
  const publish = tab.getByRole('button', { name: 'Publish' });
  await title.fill('A post of two sessions');
  await tab.getByLabel('Text').fill('Begun in the one, and sent in the other.');
  await signOutElsewhere();
  await publish.click();
  // Guests may send entries of some sections, so the form is checked before its sender is.
  await banner(tab).getByText(SEND_AGAIN).waitFor();
  await publish.click();
  await banner(tab).getByText('Login Required').waitFor();
  expect(await title.inputValue()).toBe('A post of two sessions');

  // The form is from before that login: it gets a token that fits.
  await signInElsewhere();
  await publish.click();
  await banner(tab).getByText(SEND_AGAIN).waitFor();
  expect(await title.inputValue()).toBe('A post of two sessions');
  await publish.click();
  await tab.waitForURL('**/posts/a-post-of-two-sessions');
});
