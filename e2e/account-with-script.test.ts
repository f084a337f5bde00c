import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field } from './src/form-page.ts';
import { addressOf, linkTo, openMember, PASSWORD } from './src/member.ts';
import { eventually } from './src/wait.ts';

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

/** Opens a page, once its scripts run; from then on the list tells of each page that is loaded. */
async function open(path: string): Promise<string[]> {
  tab = await context.newPage();
  await tab.goto(site.url + path, { waitUntil: 'load' });
  const loads: string[] = [];
  tab.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(`${request.method()} ${request.url()}`);
  });
  return loads;
}

const pathOf = (page: Page): string => page.url().slice(site.url.length);

async function mayAskServer(form: Locator): Promise<void> {
  await form.evaluate((element: HTMLFormElement) => {
    element.noValidate = true;
  });
}

describe('with JavaScript', () => {
  test('a guest registers: what is wrong is told beside the fields, without another page', async () => {
    context = await openContext(browser);
    const loads = await open('/register');
    const form = tab.locator('form#register');
    const email = field(form, 'E-mail');
    const password = field(form, 'Password');
    const join = form.getByRole('button', { name: 'Join' });
    await mayAskServer(form);
    await form.getByLabel('Your name').fill('Margit Nagy');
    await email.input.fill('nowhere');
    await password.input.fill('short');
    await form.getByLabel('Tell me when the kiln is opened').check();
    await join.click();
    await eventually(() => email.isInvalid(), true);
    expect(await email.errors()).toContain('Email is not a valid email address.');
    expect(await email.isFocused()).toBe(true);
    expect(await password.isInvalid()).toBe(true);
    expect(await password.errors()).toContain('at least 8 characters');
    expect(await field(form, 'Your name').isInvalid()).toBe(false);

    await email.input.fill(addressOf('margit'));
    await password.input.fill('password');
    await join.click();
    await eventually(() => email.isInvalid(), false);
    await eventually(() => password.isFocused(), true);
    expect(await password.isInvalid()).toBe(true);
    expect(await email.errors()).not.toContain('not a valid');
    expect(await form.getByLabel('Tell me when the kiln is opened').isChecked()).toBe(true);
    expect([pathOf(tab), loads]).toEqual(['/register', []]);

    await password.input.fill(PASSWORD);
    await join.click();
    await tab.waitForURL('**/check-mail');
    expect(await tab.locator('main').innerText()).toContain(addressOf('margit'));
    expect(loads).toEqual([`GET ${site.url}/check-mail`]);
    await tab.goto(await linkTo(site, addressOf('margit'), 'Activate your account'));
    await tab.getByRole('button', { name: 'Yes, this is my address' }).click();
    await tab.getByRole('heading', { name: 'Hello, Margit' }).waitFor();
  });

  test('a wrong password at the login is told on the page, and the name stays', async () => {
    context = await openContext(browser);
    const loads = await open('/account/profile');
    await tab.getByLabel('E-mail or username').fill(addressOf('nobody'));
    await tab.getByLabel('Password').fill('a wrong guess');
    await tab.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await tab.locator('main .banner').getByText('Invalid username or password.').waitFor();
    expect(await tab.getByLabel('E-mail or username').inputValue()).toBe(addressOf('nobody'));
    expect([pathOf(tab), loads]).toEqual(['/login', []]);
  });

  test('another country brings its own fields, and errors stand beside them', async () => {
    context = await openMember(browser, site, 'ruth');
    const loads = await open('/account/addresses/new');
    const country = tab.locator('select#country');
    const form = tab.locator('form').filter({ has: tab.getByRole('button', { name: 'Save the address' }) });
    expect(await tab.getByRole('button', { name: 'Change' }).isVisible()).toBe(false);
    await form.getByLabel('Address line 1').fill('1 Kiln Street');
    await country.focus();
    await country.selectOption('US');
    const code = field(form, 'ZIP code');
    await code.input.waitFor();
    expect(await form.getByLabel('Address line 1').inputValue()).toBe('1 Kiln Street');
    expect(await form.getByLabel('State').locator('option[value=CA]').innerText()).toBe('California');
    expect(await country.evaluate((element) => element === document.activeElement)).toBe(true);
    expect([pathOf(tab), loads]).toEqual(['/account/addresses/new?country=US', []]);

    await form.getByLabel('City').fill('Sonoma');
    await form.getByLabel('State').selectOption('CA');
    await code.input.fill('9547');
    await form.getByRole('button', { name: 'Save the address' }).click();
    await eventually(() => code.isInvalid(), true);
    expect(await code.errors()).toContain('ZIP code is not valid for United States: “9547”.');
    expect(await code.isFocused()).toBe(true);
    expect(await form.locator('[aria-invalid]').count()).toBe(1);
    expect(loads).toEqual([]);
    await code.input.fill('95476');
    await form.getByRole('button', { name: 'Save the address' }).click();
    await tab.waitForURL('**/account/addresses');
    expect(await tab.locator('.flash').allInnerTexts()).toEqual(['Address saved.']);
    expect(await tab.locator('li.card address').allInnerTexts()).toEqual([
      'Ruth Tester\n1 Kiln Street\nSonoma, CA 95476\nUnited States',
    ]);
  });

  test('of two countries chosen in a row the last one counts', async () => {
    context = await openMember(browser, site, 'ruth');
    await open('/account/addresses/new');
    const country = tab.locator('select#country');
    // Never answered: only if the page gives it up does it end.
    await tab.route('**/new?country=JP', () => undefined);
    const givenUp = tab.waitForEvent('requestfailed', (request) => request.url().endsWith('country=JP'));
    await country.selectOption('JP');
    await country.selectOption('US');
    await tab.getByLabel('ZIP code').waitFor();
    await givenUp;
    expect(await tab.getByLabel('ZIP code').count()).toBe(1);
    expect(pathOf(tab)).toBe('/account/addresses/new?country=US');
  });

  test('a photo is shown at once, and a file that is none is refused in words', async () => {
    context = await openMember(browser, site, 'ruth');
    const loads = await open('/account/profile');
    const section = tab.locator('.photo');
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      section.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
    await choose('me.jpg', Buffer.from('<svg onload="alert(1)">'));
    await section.getByRole('button', { name: 'Use this picture' }).click();
    await section.locator('.banner').getByText('There was an error uploading your photo').waitFor();
    expect(loads).toEqual([]);

    await choose('me.jpg', await tab.screenshot({ type: 'jpeg', quality: 60 }));
    await section.getByRole('button', { name: 'Use this picture' }).click();
    const picture = section.locator('img');
    await picture.waitFor();
    await eventually(
      () => picture.evaluate(({ naturalWidth }: HTMLImageElement) => naturalWidth > 100),
      true,
    );
    expect(await tab.locator('.flash').allInnerTexts()).toEqual(['Photo saved.']);
    await section.getByRole('button', { name: 'Delete the photo' }).click();
    await tab.getByText('Photo deleted.').waitFor();
    expect(await section.locator('img').count()).toBe(0);
  });

  test('the profile keeps fields of every kind', async () => {
    context = await openMember(browser, site, 'ruth');
    const loads = await open('/account/profile');
    const form = tab.locator('form#profile');
    const pots = field(form, 'Pots a month');
    await form.getByLabel('Your craft').fill('Lids');
    await form.getByLabel('About you').fill('One line.\n\nAnother <b>line</b>.');
    await form.getByLabel('At the wheel since').fill('1998-05-01');
    await form.getByLabel('Favourite firing').selectOption('wood');
    await form.getByLabel('Address for orders').fill('orders@example.org');
    await form.getByLabel('Tell me when the kiln is opened').check();
    await mayAskServer(form);
    await pots.input.fill('1.5');
    await form.getByRole('button', { name: 'Save the profile' }).click();
    await eventually(() => pots.isFocused(), true);
    expect(await pots.errors()).toContain('Pots a month must be a whole number.');
    expect(loads).toEqual([]);
    await pots.input.fill('12');
    await form.getByRole('button', { name: 'Save the profile' }).click();
    await tab.getByText('Your profile is saved.').waitFor();
    await tab.reload();
    expect(await form.getByLabel('Your craft').inputValue()).toBe('Lids');
    expect(await form.getByLabel('About you').inputValue()).toBe('One line.\n\nAnother <b>line</b>.');
    expect(await form.getByLabel('At the wheel since').inputValue()).toBe('1998-05-01');
    expect(await form.getByLabel('Favourite firing').inputValue()).toBe('wood');
    expect(await pots.input.inputValue()).toBe('12');
    expect(await form.getByLabel('Address for orders').inputValue()).toBe('orders@example.org');
    expect(await form.getByLabel('Tell me when the kiln is opened').isChecked()).toBe(true);
    await form.getByLabel('Tell me when the kiln is opened').uncheck();
    await form.getByRole('button', { name: 'Save the profile' }).click();
    await tab.getByText('Your profile is saved.').waitFor();
    expect(await form.getByLabel('Tell me when the kiln is opened').isChecked()).toBe(false);
  });
});
