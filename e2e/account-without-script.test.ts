import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field, flashes, press } from './src/form-page.ts';
import { addressOf, linkTo, makeAccount, PASSWORD, signIn } from './src/member.ts';

const NEW_PASSWORD = 'the key hangs behind the glaze buckets';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

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
beforeEach(async () => {
  context = await openContext(browser, { javaScriptEnabled: false });
  tab = await context.newPage();
});
afterEach(() => context.close());

async function visit(path: string): Promise<void> {
  await tab.goto(site.url + path);
}

const path = (): string => tab.url().slice(site.url.length);
const heading = (): Promise<string> => tab.getByRole('heading', { level: 1 }).innerText();

/** From the registration form to the page of an account that is new. */
async function join(name: string): Promise<void> {
  const form = tab.locator('form#register');
  const email = field(form, 'E-mail');
  await form.getByLabel('Your name').fill('Margit Nagy');
  await email.input.fill(addressOf(name));
  await form.getByLabel('Password').fill('password');
  await form.getByLabel('Your craft').fill('Never again (again)');
  await form.getByLabel('Tell me when the kiln is opened').check();
  expect((await press(tab, 'Join')).status()).toBe(422);
  expect(await field(form, 'Password').isInvalid()).toBe(true);
  expect(await form.getByLabel('Password').inputValue()).toBe('');
  expect(await email.isInvalid()).toBe(false);
  expect(await email.input.inputValue()).toBe(addressOf(name));
  expect(await form.getByLabel('Your craft').inputValue()).toBe('Never again (again)');
  expect(await form.getByLabel('Tell me when the kiln is opened').isChecked()).toBe(true);

  await form.getByLabel('Password').fill(PASSWORD);
  await press(tab, 'Join');
  expect(path()).toBe('/check-mail');
  expect(await tab.locator('main').innerText()).toContain(addressOf(name));
  const link = await linkTo(site, addressOf(name), 'Activate your account');
  for (const _look of [1, 2]) {
    await tab.goto(link);
    expect(await heading()).toBe('Confirm your address');
    expect(await tab.getByRole('link', { name: 'Sign in' }).isVisible()).toBe(true);
  }
  await press(tab, 'Yes, this is my address');
  expect([path(), await heading()]).toEqual(['/account', 'Hello, Margit']);
}

async function leave(): Promise<void> {
  await press(tab, 'Sign out');
  expect(await flashes(tab)).toEqual(['You are signed out.']);
}

async function hangPhoto(): Promise<void> {
  const buffer = await tab.screenshot({ type: 'jpeg', quality: 60 });
  await tab.getByLabel('Choose a picture').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer });
  await press(tab, 'Use this picture');
  expect([path(), await flashes(tab)]).toEqual(['/account/profile', ['Photo saved.']]);
  const picture = tab.locator('.photo img');
  expect(await widthOf(picture)).toBeGreaterThan(100);
}

/** Of the picture as it was decoded: 0 where it could not be. */
async function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth;
  });
}

async function addAddress(): Promise<void> {
  await tab.locator('select#country').selectOption('DE');
  await press(tab, 'Change');
  expect(path()).toBe('/account/addresses/new?country=DE');
  const form = tab.locator('form').filter({ has: tab.getByRole('button', { name: 'Save the address' }) });
  const code = field(form, 'Postal code');
  await form.getByLabel('Address line 1').fill('Töpferweg 3');
  await form.getByLabel('City').fill('Höhr-Grenzhausen');
  await code.input.fill('5620');
  expect((await press(tab, 'Save the address')).status()).toBe(422);
  expect(await code.isInvalid()).toBe(true);
  expect(await code.errors()).toContain('Postal code is not valid for Germany: “5620”.');
  expect(await form.locator('[aria-invalid]').count()).toBe(1);
  expect(await code.input.inputValue()).toBe('5620');
  expect(await form.getByLabel('Address line 1').inputValue()).toBe('Töpferweg 3');
  expect(await form.getByLabel('City').inputValue()).toBe('Höhr-Grenzhausen');
  expect(await tab.locator('select#country').inputValue()).toBe('DE');

  await code.input.fill('56203');
  await press(tab, 'Save the address');
  expect([path(), await flashes(tab)]).toEqual(['/account/addresses', ['Address saved.']]);
  expect(await tab.locator('li.card address').allInnerTexts()).toEqual([
    'Margit Nagy\nTöpferweg 3\n56203 Höhr-Grenzhausen\nGermany',
  ]);
}

async function changePassword(): Promise<void> {
  const form = tab.locator('form#password');
  await form.getByLabel('Password you have now').fill('a wrong guess');
  await form.getByLabel('New password').fill(NEW_PASSWORD);
  expect((await press(tab, 'Change the password', form)).status()).toBe(422);
  expect(await field(form, 'Password you have now').isInvalid()).toBe(true);
  expect(await tab.locator('form#email [aria-invalid]').count()).toBe(0);
  await form.getByLabel('Password you have now').fill(PASSWORD);
  await form.getByLabel('New password').fill(NEW_PASSWORD);
  await press(tab, 'Change the password', form);
  expect(await flashes(tab)).toEqual(['Your password is changed. You are signed out everywhere else.']);
}

describe('without JavaScript', () => {
  test('a guest becomes a member with a photo, an address and another password', async () => {
    await visit('/posts/new');
    expect(path()).toBe('/login');
    await tab.getByRole('link', { name: 'Join the studio' }).click();
    await join('margit');
    await leave();

    await visit('/account/addresses/new?country=JP');
    expect(path()).toBe('/login');
    await signIn(tab, addressOf('margit'));
    await tab.getByRole('heading', { name: 'A new address' }).waitFor();
    expect(path()).toBe('/account/addresses/new?country=JP');
    await addAddress();
    await visit('/account/profile');
    await hangPhoto();

    const elsewhere = await openContext(browser, { javaScriptEnabled: false, userAgent: FIREFOX });
    const other = await elsewhere.newPage();
    await other.goto(`${site.url}/login`);
    await signIn(other, addressOf('margit'));
    await other.waitForURL(`${site.url}/account`);
    await visit('/account/security');
    await changePassword();
    await visit('/account');
    expect(await heading()).toBe('Hello, Margit');
    await other.goto(`${site.url}/account/sessions`);
    expect(other.url()).toBe(`${site.url}/login`);
    await signIn(other, addressOf('margit'));
    await other.locator('.flash-error').waitFor();
    expect(await flashes(other)).toEqual(['Invalid username or password.']);
    await signIn(other, addressOf('margit'), NEW_PASSWORD);
    await other.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    expect(other.url()).toBe(`${site.url}/account/sessions`);
    await elsewhere.close();
  });

  test('a forgotten password is set anew by a mail, whose link is good for once', async () => {
    await makeAccount(site, 'forgetful');
    await visit('/login');
    await tab.getByRole('link', { name: 'I have forgotten my password' }).click();
    await tab.getByLabel('E-mail or username').fill('forgetful');
    await press(tab, 'Send me the link');
    expect([path(), await flashes(tab)]).toEqual(['/check-mail', ['Your request is in.']]);

    const link = await linkTo(site, addressOf('forgetful'), 'Reset your password');
    await tab.goto(link);
    await tab.goto(link);
    const password = field(tab, 'New password');
    await password.input.fill('password');
    expect((await press(tab, 'Set new password')).status()).toBe(422);
    expect(await password.isInvalid()).toBe(true);
    await password.input.fill(NEW_PASSWORD);
    await press(tab, 'Set new password');
    expect([path(), await flashes(tab)]).toEqual(['/login', ['Password updated.']]);
    await signIn(tab, 'forgetful', NEW_PASSWORD);
    await tab.waitForURL(`${site.url}/account`);

    const answer = await tab.goto(link);
    expect(answer?.status()).toBe(400);
    expect(await heading()).toBe('This link has cooled down');
    await tab.getByRole('link', { name: 'Ask for a new link' }).click();
    expect(path()).toBe('/forgot-password');
  });

  test('a session of another browser is ended from the list, and then all others', async () => {
    await makeAccount(site, 'many');
    const others = await Promise.all(
      [FIREFOX, FIREFOX.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64')].map((userAgent) =>
        openContext(browser, { javaScriptEnabled: false, userAgent }),
      ),
    );
    const tabs = await Promise.all(others.map((other) => other.newPage()));
    for (const each of [...tabs, tab]) {
      await each.goto(`${site.url}/login`);
      await signIn(each, 'many');
      await each.waitForURL(`${site.url}/account`);
    }
    await visit('/account/sessions');
    expect(await tab.locator('li.card').count()).toBe(3);
    await press(tab, 'End the session of Firefox on Windows');
    expect(await flashes(tab)).toEqual(['The session of Firefox on Windows has ended.']);
    expect(await tab.locator('li.card').count()).toBe(2);
    const seen = async (): Promise<string[]> => {
      await Promise.all(tabs.map((each) => each.goto(`${site.url}/account`)));
      return tabs.map((each) => each.url().slice(site.url.length));
    };
    expect(await seen()).toEqual(['/login', '/account']);
    await press(tab, 'Sign out everywhere else');
    expect(await flashes(tab)).toEqual(['You are signed out everywhere else.']);
    expect(await seen()).toEqual(['/login', '/login']);
    await visit('/account');
    expect(path()).toBe('/account');
    await Promise.all(others.map((other) => other.close()));
  });
});
