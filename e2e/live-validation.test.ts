import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import type { LiveForms } from 'portico/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startFixture, type Fixture } from './src/fixture.ts';
import { field, press, type FieldView } from './src/form-page.ts';
import { eventually } from './src/wait.ts';

let browser: Browser;
let app: Fixture;
let context: BrowserContext;
let tab: Page;
/** What was asked about, a line a check. */
let checks: string[];
let aborted: string[];

const askedAbout = (request: Request): string | undefined => request.headers()['precognition-validate-only'];

beforeAll(async () => {
  [browser, app] = await Promise.all([launchBrowser(), startFixture()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});
beforeEach(async () => {
  app.reset();
  context = await openContext(browser);
  tab = await context.newPage();
  [checks, aborted] = [[], []];
  tab.on('request', (request) => checks.push(...[askedAbout(request) ?? []].flat()));
  tab.on('requestfailed', (request) => aborted.push(...[askedAbout(request) ?? []].flat()));
  await tab.goto(`${app.url}/sign-up`);
  await tab.locator('html[data-enhanced]').waitFor();
});
afterEach(() => context.close());

const of = (label: string): FieldView => field(tab, label);
const errors = (label: string): Promise<string> => of(label).errors();
const leave = (label: string): Promise<void> => of(label).input.press('Tab');
const fillIn = async (label: string, text: string): Promise<void> => {
  await of(label).input.fill(text);
  await leave(label);
};
const noMoreChecks = (): Promise<void> => eventually(() => tab.locator('form[data-validating]').count(), 0);
const choosePhoto = (): Promise<void> =>
  of('Photo').input.setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: Buffer.from('a photo of me'),
  });

describe('a field that was changed and left', () => {
  test('says what is wrong with it, and no longer as soon as it is right', async () => {
    const email = of('E-mail');
    await fillIn('E-mail', 'ada');
    await eventually(() => email.isInvalid(), true);
    expect(await email.errors()).toBe('Give an e-mail address.');
    // The visitor is where he went, and a screen reader says it without being led there.
    expect([await email.isFocused(), await of('Password').isFocused()]).toEqual([false, true]);
    const place = tab.getByText('Give an e-mail address.').locator('xpath=ancestor-or-self::*[@aria-live]');
    expect(await place.getAttribute('aria-live')).toBe('polite');
    // Of the rest nothing is said, and nothing was done.
    expect(await tab.locator('[aria-invalid]').count()).toBe(1);
    expect([checks, app.count('signUp')]).toEqual([['email'], 0]);

    await email.input.press('End');
    await email.input.pressSequentially('@example.org');
    await eventually(() => email.isInvalid(), false);
    expect([await email.errors(), await email.isFocused()]).toEqual(['', true]);
    expect(app.count('signUp')).toBe(0);
  });

  test('is not asked about where nothing was typed, nor while it is typed for the first time', async () => {
    for (const label of ['Name', 'E-mail', 'Password', 'Again']) await leave(label);
    await of('Name').input.pressSequentially('A');
    await of('Name').input.press('Backspace');
    await leave('Name');
    await of('E-mail').input.pressSequentially('ada@');
    expect(await tab.locator('form[data-validating]').count()).toBe(0);
    await fillIn('Password', 'short');
    await eventually(() => of('Password').isInvalid(), true);
    expect(checks.join()).toMatch(/email.*password/);
    expect(checks.join()).not.toMatch(/name|again/);
    expect(await tab.locator('[aria-invalid]').count()).toBe(2);
  });

  test('frees another one that was wrong because of it', async () => {
    await fillIn('Password', 'open sesam');
    await fillIn('Again', 'open sesame');
    await eventually(() => errors('Again'), 'The passwords differ.');
    await fillIn('Password', 'open sesame');
    await eventually(() => errors('Again'), '');
    expect(await tab.locator('[aria-invalid]').count()).toBe(0);
  });

  test('is a group of boxes, which has its errors once', async () => {
    await tab.getByLabel('clay').check();
    await tab.getByLabel('glass').check();
    await eventually(() => tab.getByText('Choose one.').count(), 1);
    await tab.getByLabel('clay').uncheck();
    await eventually(() => tab.getByText('Choose one.').count(), 0);
  });

  test('moves no button under the pointer before there is something to say', async () => {
    const button = tab.getByRole('button', { name: 'Send', exact: true });
    const before = await button.boundingBox();
    app.bodies.close();
    await fillIn('E-mail', 'ada');
    await app.bodies.reached();
    expect(await button.boundingBox()).toEqual(before);
    app.bodies.open();
    await eventually(() => of('E-mail').isInvalid(), true);
  });
});

describe('what is sent to be checked', () => {
  test('is the form without its files, of which nothing is said', async () => {
    await choosePhoto();
    const [request] = await Promise.all([
      tab.waitForRequest((made) => askedAbout(made) !== undefined),
      fillIn('Name', 'Ada'),
    ]);
    expect(request.headers()).toMatchObject({ precognition: 'true', accept: 'application/json' });
    expect([request.postData()?.includes('Ada'), request.postData()?.includes('a photo')]).toEqual([
      true,
      false,
    ]);
    await noMoreChecks();
    expect([await of('Photo').isInvalid(), checks]).toEqual([false, ['name']]);
  });

  test('goes out in one request at a time, the newer one asking for both', async () => {
    app.bodies.close();
    await fillIn('E-mail', 'ada');
    await app.bodies.reached();
    await fillIn('Password', 'short');
    await app.bodies.reached(2);
    await eventually(() => [checks, aborted], [['email', 'email,password'], ['email']]);
    app.bodies.open();
    await eventually(() => of('Password').isInvalid(), true);
    expect([await errors('E-mail'), await errors('Password')]).toEqual([
      'Give an e-mail address.',
      'A password has eight letters or more.',
    ]);
  });

  test('is judged as it was then: what was changed meanwhile is asked about once more', async () => {
    const email = of('E-mail');
    app.bodies.close();
    await fillIn('E-mail', 'ada@example.org');
    await app.bodies.reached();
    await tab.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('input[type="email"]');
      if (!input) throw new Error('There is no such field.');
      input.value = 'ada';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    app.bodies.open();
    await eventually(() => email.errors(), 'Give an e-mail address.');
    expect(checks.slice(0, 2)).toEqual(['email', 'email']);
  });

  test('gives way to the form itself', async () => {
    app.bodies.close();
    await fillIn('E-mail', 'ada');
    await app.bodies.reached();
    await tab.getByRole('button', { name: 'Send anyway' }).click();
    await eventually(() => aborted, ['email']);
    app.bodies.open();
    await eventually(() => of('Name').isFocused(), true);
    expect(await errors('E-mail')).toBe('Give an e-mail address.');
    expect(await of('Photo').isInvalid()).toBe(true);

    // What a submission found is taken back field by field. A file is judged when it is sent.
    await fillIn('Name', 'Ada');
    await eventually(() => of('Name').isInvalid(), false);
    expect([await of('E-mail').isInvalid(), await of('Photo').isInvalid()]).toEqual([true, true]);
    await fillIn('E-mail', 'ada@example.org');
    await fillIn('Password', 'open sesame');
    await fillIn('Again', 'open sesame');
    await choosePhoto();
    await tab.getByRole('button', { name: 'Send', exact: true }).click();
    await tab.waitForURL('**/done');
    expect(app.calls.get('signUp')).toEqual([{ name: 'Ada', photo: 13 }]);
  });
});

describe('where nobody can tell', () => {
  test('a broken connection says nothing, and the next change asks again', async () => {
    await context.setOffline(true);
    await fillIn('E-mail', 'ada');
    await eventually(() => aborted, ['email']);
    await noMoreChecks();
    expect(await tab.locator('[aria-invalid]').count()).toBe(0);
    await context.setOffline(false);
    await fillIn('Name', 'Ada');
    await eventually(() => errors('E-mail'), 'Give an e-mail address.');
    expect(checks).toEqual(['email', 'email,name']);
  });

  test('who does not know the question is not asked again: he may have done what was posted', async () => {
    await tab.route('**/sign-up?*', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Signed up' }),
    );
    await fillIn('E-mail', 'ada');
    await eventually(() => checks, ['email']);
    await noMoreChecks();
    await fillIn('Name', 'Ada');
    await fillIn('E-mail', 'ada@');
    const verdict = await tab.evaluate(() => {
      const { forms } = window as unknown as { forms: LiveForms };
      const form = document.querySelector('form');
      return form && forms.validate(form, 'email');
    });
    expect([verdict, checks]).toEqual([false, ['email']]);
    expect(await tab.locator('[aria-invalid]').count()).toBe(0);
  });
});

test('a form that says so is left alone, and so are all once that is undone', async () => {
  const form = tab.locator('form');
  await form.evaluate((element) => element.setAttribute('data-live', 'false'));
  await fillIn('E-mail', 'ada');
  await form.evaluate((element) => element.removeAttribute('data-live'));
  await fillIn('Name', 'Ada');
  await eventually(() => checks, ['name']);
  await noMoreChecks();
  await tab.evaluate(() => (window as unknown as { forms: () => void }).forms());
  await fillIn('Password', 'short');
  const verdict = await form.evaluate((element: HTMLFormElement) => {
    const { forms } = window as unknown as { forms: LiveForms };
    return forms.validate(element, 'email');
  });
  expect([verdict, checks]).toEqual([false, ['name', 'email']]);
});

test('a script asks about a field, and learns how the form stands', async () => {
  await of('E-mail').input.fill('ada@example.org');
  const told = await tab.evaluate(async () => {
    const { forms } = window as unknown as { forms: LiveForms };
    const form = document.querySelector('form');
    if (!form) throw new Error('There is no form.');
    const seen: unknown[] = [];
    form.addEventListener('portico:validated', ({ detail }) => seen.push(detail));
    const both = await Promise.all([forms.validate(form, 'email'), forms.validate(form, 'name')]);
    return { both, seen, state: forms.state(form) };
  });
  expect(told).toEqual({
    both: [true, false],
    seen: [{ fields: ['email', 'name'], errors: { name: ['What is your name?'] }, error: undefined }],
    state: { validating: false, touched: [], valid: ['email'], invalid: ['name'] },
  });
  expect(await errors('Name')).toBe('What is your name?');
});

test('a failure that the page shows better is left to the page', async () => {
  await tab.goto(`${app.url}/paged`);
  await tab.locator('html[data-enhanced]').waitFor();
  await tab.getByLabel('E-mail').fill('taken@example.org');
  await tab.getByLabel('I agree').check();
  const answer = await press(tab, 'Send');
  expect([answer.status(), answer.request().method()]).toEqual([409, 'POST']);
  expect(await tab.locator('.banner').innerText()).toBe('This address is on the list already.');
  expect(await tab.getByLabel('E-mail').inputValue()).toBe('taken@example.org');
});

test('without JavaScript the form is what it was', async () => {
  const plain = await openContext(browser, { javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${app.url}/sign-up`);
  await page.getByLabel('E-mail').fill('ada');
  expect((await press(page, 'Send anyway')).status()).toBe(422);
  expect(await page.getByText('Give an e-mail address.').count()).toBe(1);
  await plain.close();
});
