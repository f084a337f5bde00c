import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startFixture, type Fixture } from './src/fixture.ts';
import { field, flashes, press } from './src/form-page.ts';
import { eventually } from './src/wait.ts';

let browser: Browser;
let auto: Fixture;
let strict: Fixture;
let stored: Fixture;
let context: BrowserContext;

beforeAll(async () => {
  [browser, auto, strict, stored] = await Promise.all([
    launchBrowser(),
    startFixture(),
    startFixture({ csrf: 'token' }),
    startFixture({ stored: true }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([auto?.close(), strict?.close(), stored?.close()]);
});
beforeEach(() => {
  auto.reset();
  strict.reset();
  stored.reset();
});
afterEach(() => context.close());

const SCRIPTS = [
  { scripts: 'off', javaScriptEnabled: false },
  { scripts: 'on', javaScriptEnabled: true },
];

async function openTab(url: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
}

async function fillProfile(tab: Page): Promise<void> {
  await tab.getByLabel('Name').fill('Ada');
  await tab.getByLabel('Password').fill('open sesame');
  await tab.getByLabel('Country').selectOption('fr');
}

async function signIn(app: Fixture, user: string): Promise<Page> {
  const tab = await openTab(`${app.url}/who`);
  await tab.getByLabel('User').fill(user);
  await press(tab, 'Sign in');
  await eventually(() => tab.locator('#who').textContent(), user);
  return tab;
}

describe('without JavaScript, a form whose token is worth nothing any more', () => {
  beforeEach(async () => {
    context = await openContext(browser, { javaScriptEnabled: false });
  });

  test.each([
    ['because the session has ended', () => context.clearCookies()],
    ['because another tab has logged in', () => signIn(strict, 'ada')],
  ])('%s, comes back with what was typed and a fresh one', async (_case, happen) => {
    const tab = await openTab(`${strict.url}/profile`);
    await fillProfile(tab);
    await happen();
    const token = tab.locator('input[name=PORTICO_CSRF_TOKEN]').first();
    const stale = await token.inputValue();
    const refused = await press(tab, 'Send');
    expect([400, 403]).toContain(refused.status());
    expect(strict.count('profile.save')).toBe(0);
    expect(await tab.getByLabel('Name').inputValue()).toBe('Ada');
    expect(await tab.getByLabel('Country').inputValue()).toBe('fr');
    expect(await tab.getByLabel('Password').inputValue()).toBe('');
    expect(await tab.locator('.banner').textContent()).not.toBe('');
    expect(await token.inputValue()).not.toBe(stale);

    await tab.getByLabel('Password').fill('open sesame');
    await press(tab, 'Send');
    expect(tab.url()).toBe(`${strict.url}/people/ada`);
    expect(strict.count('profile.save')).toBe(1);
  });

  test('because another tab has logged out, comes back and then succeeds', async () => {
    const other = await signIn(strict, 'ada');
    const tab = await openTab(`${strict.url}/newsletter`);
    await tab.getByLabel('E-mail').fill('ada@example.org');
    await tab.getByLabel('I agree').check();
    await press(other, 'Sign out');
    expect(await other.locator('#who').textContent()).toBe('guest');
    expect((await press(tab, 'Send')).status()).toBe(403);
    expect(await tab.getByLabel('E-mail').inputValue()).toBe('ada@example.org');
    expect(await tab.getByLabel('I agree').isChecked()).toBe(true);
    await press(tab, 'Send');
    expect(await flashes(tab)).toEqual(['Thanks for signing up!']);
    expect(strict.count('newsletter')).toBe(1);
  });
});

describe('with JavaScript, a form whose token is worth nothing any more', () => {
  beforeEach(async () => {
    context = await openContext(browser);
  });

  test.each([
    ['because the session has ended', () => context.clearCookies()],
    ['because another tab has logged in', () => signIn(strict, 'ada')],
  ])('%s, is refused, loses nothing, and succeeds when it is sent again', async (_case, happen) => {
    const tab = await openTab(`${strict.url}/profile`);
    await tab.locator('html[data-enhanced]').waitFor();
    await fillProfile(tab);
    await happen();
    const send = tab.getByRole('button', { name: 'Send', exact: true });
    await send.click();
    await tab.locator('.banner:not([hidden])').waitFor();
    await eventually(() => tab.locator('form[aria-busy]').count(), 0);
    expect(strict.count('profile.save')).toBe(0);
    await send.click();
    await tab.waitForURL('**/people/ada');
    expect(strict.calls.get('profile.save')).toEqual([
      { name: 'Ada', password: 'open sesame', country: 'fr' },
    ]);
  });
});

describe.each(SCRIPTS)('in two tabs, JavaScript $scripts', ({ javaScriptEnabled }) => {
  beforeEach(async () => {
    context = await openContext(browser, { javaScriptEnabled });
  });

  test('a form of a visitor who has logged in or out meanwhile is sent at the first try', async () => {
    const tab = await openTab(`${auto.url}/profile`);
    await fillProfile(tab);
    const other = await signIn(auto, 'ada');
    await tab.getByRole('button', { name: 'Send', exact: true }).click();
    await tab.waitForURL('**/people/ada');
    expect(auto.count('profile.save')).toBe(1);

    await tab.goto(`${auto.url}/profile`);
    await fillProfile(tab);
    await press(other, 'Sign out');
    await eventually(() => other.locator('#who').textContent(), 'guest');
    await tab.getByRole('button', { name: 'Send', exact: true }).click();
    await tab.waitForURL('**/people/ada');
    expect(auto.count('profile.save')).toBe(2);
  });

  test('errors stand in the form that was sent, and in no other form and tab', async () => {
    const [first, second] = await Promise.all([openTab(`${auto.url}/two`), openTab(`${auto.url}/two`)]);
    await second.locator('#section-right').getByLabel('E-mail').fill('eve@example.org');
    const left = first.locator('#section-left');
    const right = first.locator('#section-right');
    await right.getByLabel('E-mail').fill('bob@example.org');
    await left.getByLabel('E-mail').fill('ada');
    await left.getByRole('button', { name: 'Send anyway' }).click();
    await eventually(() => field(left, 'E-mail').isInvalid(), true);
    expect(await field(left, 'E-mail').errors()).toBe('Give an e-mail address.');
    expect(await left.getByLabel('E-mail').inputValue()).toBe('ada');
    expect(await right.locator('[aria-invalid]').count()).toBe(0);
    expect(await right.locator('.banner').isVisible()).toBe(false);

    await second.locator('#section-right').getByLabel('I agree').check();
    await press(second, 'Send', second.locator('#section-right'));
    expect(await second.locator('#section-left .result').count()).toBe(0);
    expect(await first.locator('.result').count()).toBe(0);
    expect(auto.calls.get('newsletter')).toEqual([{ email: 'eve@example.org', terms: true }]);
  });
});

describe('without JavaScript, in two tabs', () => {
  beforeEach(async () => {
    context = await openContext(browser, { javaScriptEnabled: false });
  });

  test('a flash is shown once in one of them', async () => {
    const [first, second] = await Promise.all([
      openTab(`${auto.url}/newsletter`),
      openTab(`${auto.url}/newsletter`),
    ]);
    await first.getByLabel('E-mail').fill('ada@example.org');
    await first.getByLabel('I agree').check();
    await press(first, 'Send');
    await second.reload();
    expect([await flashes(first), await flashes(second)]).toEqual([['Thanks for signing up!'], []]);
    await first.reload();
    expect(await flashes(first)).toEqual([]);
  });

  test('each form gets its own result, also when both are sent before either is answered', async () => {
    await signIn(stored, 'ada');
    const [first, second] = await Promise.all([
      openTab(`${stored.url}/two`),
      openTab(`${stored.url}/newsletter`),
    ]);
    for (const [scope, address] of [
      [first.locator('#section-left'), 'left@example.org'],
      [second.locator('#section-only'), 'only@example.org'],
    ] as const) {
      await scope.getByLabel('E-mail').fill(address);
      await scope.getByLabel('I agree').check();
    }
    stored.bodies.close();
    const presses = [press(first, 'Send', first.locator('#section-left')), press(second, 'Send')];
    await stored.bodies.reached(2);
    stored.bodies.open();
    await Promise.all(presses);
    expect(await first.locator('#section-left .result').allTextContents()).toEqual([
      'Subscribed as sub-left@example.org',
    ]);
    expect(await first.locator('#section-right .result').count()).toBe(0);
    expect(await second.locator('.result').allTextContents()).toEqual(['Subscribed as sub-only@example.org']);
    expect(stored.count('newsletter')).toBe(2);
  });
});
