import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { APPEARANCES, auditAppearance, optionsOf } from './src/appearances.ts';
import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { press } from './src/form-page.ts';
import { addressOf, linkTo, makeAccount, openMember, signIn } from './src/member.ts';
import { auditFocus } from './src/page-audit.ts';

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
  await tab.goto(path.startsWith('http') ? path : site.url + path);
}

/** Sends a form that the browser itself would not send, and waits until it has been refused. */
async function sendInVain(form: Locator, button: string): Promise<void> {
  await form.evaluate((element: HTMLFormElement) => {
    element.noValidate = true;
  });
  await press(tab, button, form);
  await tab.locator('[aria-invalid], .flash-error').first().waitFor();
}

describe.each(APPEARANCES)('in $colorScheme colours, $width pixels wide', (appearance) => {
  const { colorScheme, width } = appearance;
  const options = optionsOf(appearance);
  const faults: string[] = [];

  async function audit(name: string): Promise<void> {
    faults.push(...(await auditAppearance(tab, name, appearance)));
  }

  test('every page at the door can be read, named and used', async () => {
    faults.length = 0;
    const name = `door-${colorScheme}-${width}`;
    await makeAccount(site, name);
    context = await openContext(browser, options);
    tab = await context.newPage();
    await visit('/login');
    await audit('login');
    faults.push(...(await auditFocus(tab, 12)));
    await sendInVain(tab.locator('main form'), 'Sign in');
    await audit('login-refused');
    await visit('/register');
    await audit('register');
    await sendInVain(tab.locator('form#register'), 'Join');
    await audit('register-refused');
    await visit('/forgot-password');
    await audit('forgot-password');
    await tab.getByLabel('E-mail or username').fill(name);
    await press(tab, 'Send me the link');
    await audit('check-mail');
    const link = await linkTo(site, addressOf(name), 'Reset your password');
    await visit(link);
    await audit('set-password');
    await tab.getByLabel('New password').fill('password');
    await press(tab, 'Set new password');
    await audit('set-password-refused');
    await visit('/verifyemail?code=x&id=y');
    await audit('link-cooled-down');
    await visit('/logout');
    await audit('logout-guest');
    await visit('/_portico/mail');
    await audit('mailbox');
    await visit('/login');
    await signIn(tab, name);
    await tab.waitForURL('**/account');
    await visit('/logout');
    await audit('logout');
    expect(faults).toEqual([]);
  });

  test('every page of an account can be read, named and used', async () => {
    faults.length = 0;
    context = await openMember(browser, site, 'margit-with-the-long-name', { options });
    tab = await context.newPage();
    for (const [name, path] of [
      ['account', '/account'],
      ['profile', '/account/profile'],
      ['addresses-empty', '/account/addresses'],
      ['address', '/account/addresses/new'],
      ['address-japan', '/account/addresses/new?country=JP'],
      ['security', '/account/security'],
      ['sessions', '/account/sessions'],
      ['confirm-password', '/account/confirm-password'],
      ['forbidden', '/admin/users'],
    ] as const) {
      await visit(path);
      await audit(name);
    }
    await visit('/account/profile');
    faults.push(...(await auditFocus(tab, 30)));
    const buffer = await tab.screenshot({ type: 'jpeg', quality: 60 });
    await tab
      .locator('.photo input[type=file]')
      .setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer });
    await press(tab, 'Use this picture');
    await audit('profile-photo');
    await press(tab, 'Delete the photo');
    await tab.locator('form#profile').getByLabel('Your name').fill('');
    await tab.locator('form#profile').getByLabel('Pots a month').fill('-1');
    await sendInVain(tab.locator('form#profile'), 'Save the profile');
    await audit('profile-refused');
    await visit('/account/security');
    await tab.locator('form#email').getByLabel('New e-mail address').fill('nowhere');
    await sendInVain(tab.locator('form#email'), 'Change the address');
    await audit('security-refused');
    await visit('/account/addresses/new?country=US');
    const form = tab.locator('form').filter({ has: tab.getByRole('button', { name: 'Save the address' }) });
    await sendInVain(form, 'Save the address');
    await audit('address-refused');
    await form.getByLabel('Address line 1').fill(`${'Llanfairpwllgwyngyllgogerychwyrndrobwll'.repeat(2)} 3`);
    await form.getByLabel('City').fill('Sonoma');
    await form.getByLabel('State').selectOption('CA');
    await form.getByLabel('ZIP code').fill('95476');
    await press(tab, 'Save the address');
    await audit('addresses');
    await tab.getByRole('link', { name: /^Edit/ }).click();
    await audit('address-known');
    await press(tab, 'Delete this address');
    expect(faults).toEqual([]);
  });

  test('the list of members and the banner of a disguise can be read, named and used', async () => {
    faults.length = 0;
    await makeAccount(site, `a-member-with-a-name-that-hardly-fits-anywhere-${'x'.repeat(60)}`);
    context = await openMember(browser, site, 'boss', { admin: true, options });
    tab = await context.newPage();
    await visit('/admin/users');
    await audit('members');
    await visit('/admin/users?search=nobody-at-all');
    await audit('members-none');
    await context.close();

    context = await openContext(browser, options);
    tab = await context.newPage();
    await visit('/login');
    await signIn(tab, 'boss');
    await tab.waitForURL('**/account');
    await visit('/admin/users?search=margit-with');
    await tab.getByRole('button', { name: /^Sign in as/ }).click();
    await tab.waitForURL('**/account');
    await audit('disguise');
    expect(faults).toEqual([]);
  });
});
