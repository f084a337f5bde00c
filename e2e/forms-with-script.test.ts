import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type {} from 'portico/client'; // the events of a form

import { launchBrowser, openContext } from './src/browser.ts';
import { startFixture, type Fixture } from './src/fixture.ts';
import { MAX_FILE } from './src/fixture-actions.ts';
import { field, flashes, press } from './src/form-page.ts';
import { eventually } from './src/wait.ts';

let browser: Browser;
let app: Fixture;
let context: BrowserContext;
let tab: Page;
let loads: string[];

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
  loads = [];
  tab.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
});
afterEach(() => context.close());

async function open(path: string): Promise<void> {
  await tab.goto(app.url + path);
  await tab.locator('html[data-enhanced]').waitFor();
  loads.length = 0;
}

async function click(name: string): Promise<void> {
  await tab.getByRole('button', { name, exact: true }).click();
}

const settled = (): Promise<void> => eventually(() => tab.locator('form[aria-busy]').count(), 0);

describe('errors', () => {
  test('stand beside their fields, the first has the focus, and they go when the input is right', async () => {
    await open('/newsletter');
    const email = field(tab, 'E-mail');
    const terms = field(tab, 'I agree');
    await email.input.fill('ada');
    await click('Send anyway');
    await eventually(() => email.isInvalid(), true);
    expect([await email.errors(), await terms.errors()]).toEqual([
      'Give an e-mail address.',
      'Agree to the terms.',
    ]);
    expect([await email.isFocused(), await email.input.inputValue()]).toEqual([true, 'ada']);
    await settled();

    await email.input.fill('ada@example.org');
    await click('Send anyway');
    await eventually(() => terms.isFocused(), true);
    expect([await email.isInvalid(), await email.errors()]).toEqual([false, '']);
    expect([await terms.isInvalid(), await terms.errors()]).toEqual([true, 'Agree to the terms.']);
    expect(app.count('newsletter')).toBe(0);
    expect(loads).toEqual([]);
    expect(await tab.locator('[data-errors-for]').count()).toBe(2);

    await terms.input.check();
    await click('Send');
    await tab.locator('.flash').waitFor();
    expect([loads, await flashes(tab)]).toEqual([['GET /newsletter'], ['Thanks for signing up!']]);
    expect(await tab.locator('.result').allTextContents()).toEqual(['Subscribed as sub-ada@example.org']);
    expect(app.calls.get('newsletter')).toEqual([{ email: 'ada@example.org', terms: true }]);
  });

  test('of a controller-style form come the same way, and its signed redirect is followed', async () => {
    await open('/profile');
    await tab.getByLabel('Name').fill('A');
    await tab.getByLabel('Password').fill('open sesame');
    await click('Send anyway');
    await eventually(() => field(tab, 'Name').isFocused(), true);
    expect(await field(tab, 'Name').errors()).toBe('A name has two letters or more.');
    expect(await field(tab, 'Country').errors()).toBe('Choose a country.');
    // Nothing was printed anew, so not even the password is lost.
    expect(await tab.getByLabel('Password').inputValue()).toBe('open sesame');
    await settled();

    await tab.getByLabel('Name').fill('Ada');
    await tab.getByLabel('Country').selectOption('jp');
    await click('Send');
    await tab.waitForURL('**/people/ada');
    expect(loads).toEqual(['GET /people/ada']);
    expect(app.count('profile.save')).toBe(1);
  });

  test.each([
    ['of its own', 'taken@example.org', 'This address is on the list already.'],
    ['that it did not expect', 'broken@example.org', 'Something went wrong on the server.'],
  ])('of an action, %s, stand in the form', async (_case, address, text) => {
    await open('/newsletter');
    await tab.getByLabel('E-mail').fill(address);
    await tab.getByLabel('I agree').check();
    await click('Send');
    await eventually(() => tab.locator('.banner').innerText(), text);
    expect(await tab.locator('.banner').getAttribute('role')).toBe('alert');
    expect(await tab.getByLabel('E-mail').inputValue()).toBe(address);
    expect(loads).toEqual([]);
    await settled();
    expect(await tab.content()).not.toContain('secret of the database');

    await tab.getByLabel('E-mail').fill('ada@example.org');
    await click('Send');
    await eventually(() => loads, ['GET /newsletter']);
    expect(await tab.locator('.banner').isVisible()).toBe(false);
  });

  test('that the server printed, before the script was there, are replaced and not doubled', async () => {
    await tab.route('**/enhance.js', (route) => route.abort());
    await tab.goto(`${app.url}/newsletter`);
    await tab.getByLabel('E-mail').fill('ada');
    await tab.unroute('**/enhance.js');
    expect((await press(tab, 'Send anyway')).status()).toBe(422);
    await tab.locator('html[data-enhanced]').waitFor();
    const email = field(tab, 'E-mail');
    const terms = field(tab, 'I agree');
    expect(await email.errors()).toBe('Give an e-mail address.');
    await terms.input.check();
    await email.input.fill('ada@');
    await click('Send anyway');
    await eventually(() => terms.isInvalid(), false);
    expect([await email.errors(), await terms.errors()]).toEqual(['Give an e-mail address.', '']);
    expect(await tab.getByText('Give an e-mail address.').count()).toBe(1);
    expect(await tab.getByText('Agree to the terms.').count()).toBe(0);
    await settled();
    await email.input.fill('ada@example.org');
    await click('Send');
    await tab.locator('[aria-invalid]').first().waitFor({ state: 'detached' });
    await eventually(() => app.count('newsletter'), 1);
  });

  test('in the rows of a list stand in their row', async () => {
    await open('/order');
    await tab.getByLabel('Item 1').fill('cup');
    await click('Add an item');
    await tab.locator('html[data-enhanced]').waitFor();
    await tab.getByLabel('Item 2').fill('jug');
    await tab.getByLabel('Quantity 1').fill('1');
    await click('Send anyway');
    await eventually(() => field(tab, 'Customer').isFocused(), true);
    const invalid = tab.locator('[aria-invalid]');
    expect(
      await invalid.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name)),
    ).toEqual(['customer', 'items[1].qty']);
    await settled();
    await tab.getByLabel('Customer').fill('Ada');
    await tab.getByLabel('Quantity 2').fill('2');
    await click('Send');
    await eventually(() => app.count('order'), 1);
  });
});

describe('while a slow action runs', () => {
  test('the form is busy, and however often it is sent the handler runs once', async () => {
    await open('/slow');
    app.slow.close();
    await tab.getByLabel('Note').fill('patience');
    await click('Send');
    await app.slow.reached();
    const form = tab.locator('form');
    expect(await form.getAttribute('aria-busy')).toBe('true');
    expect(await tab.getByRole('button', { name: 'Send', exact: true }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await tab.getByRole('button', { name: 'Send', exact: true }).dblclick({ force: true });
    await tab.getByLabel('Note').press('Enter');
    expect(loads).toEqual([]);
    app.slow.open();
    await tab.waitForURL('**/done');
    expect(app.calls.get('slow')).toEqual([{ note: 'patience' }]);
  });

  test('a double click sends it once', async () => {
    await open('/slow');
    app.slow.close();
    await tab.getByLabel('Note').fill('twice');
    await tab.getByRole('button', { name: 'Send', exact: true }).dblclick();
    await app.slow.reached();
    app.slow.open();
    await tab.waitForURL('**/done');
    expect(app.count('slow')).toBe(1);
  });

  test('a broken connection is said, and nothing is lost', async () => {
    await open('/slow');
    await context.setOffline(true);
    await tab.getByLabel('Note').fill('into the void');
    await click('Send');
    await eventually(
      () => tab.locator('.banner').innerText(),
      'The form could not be sent. Please try again.',
    );
    expect(await tab.getByLabel('Note').inputValue()).toBe('into the void');
    await settled();
    await context.setOffline(false);
    await click('Send');
    await tab.waitForURL('**/done');
    expect(app.count('slow')).toBe(1);
  });

  test('a page of somebody else for an answer is a failure, too', async () => {
    await open('/slow');
    await tab.route('**/slow?*', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Log in' }),
    );
    await tab.getByLabel('Note').fill('hello');
    await click('Send');
    await eventually(
      () => tab.locator('.banner').innerText(),
      'The form could not be sent. Please try again.',
    );
    expect(loads).toEqual([]);
  });
});

describe('an upload', () => {
  const upload = async (bytes: number): Promise<void> => {
    await tab.getByLabel('File').evaluate((input: HTMLInputElement, size) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(size)], 'big.bin'));
      input.files = files.files;
    }, bytes);
  };
  const progress = (): Promise<{ value: number; max: number }> =>
    tab.locator('progress').evaluate(({ value, max }: HTMLProgressElement) => ({ value, max }));

  test('moves its progress bar, which ends at its maximum', async () => {
    await open('/upload');
    await tab.evaluate(() => {
      const seen: number[] = [];
      Object.assign(window, { seen });
      document.addEventListener('portico:progress', (event) => {
        const { loaded, total } = (event as HTMLElementEventMap['portico:progress']).detail;
        seen.push(loaded / total);
      });
    });
    app.bodies.close();
    await tab.getByLabel('Title').fill('Big');
    await upload(MAX_FILE - 1024);
    await click('Send');
    await app.bodies.reached();
    // The server reads nothing yet: only what fits into the buffers between the two has left the browser.
    await eventually(async () => (await progress()).value > 0, true);
    const early = await progress();
    expect(early.value).toBeLessThan(early.max);
    expect(await tab.locator('form').getAttribute('aria-busy')).toBe('true');
    await tab.evaluate(() => {
      // The page is left at once: what it saw is asked for before.
      addEventListener('portico:success', (event) => event.preventDefault());
    });
    app.bodies.open();
    await settled();
    const { value, max } = await progress();
    expect([value, max > MAX_FILE - 1024]).toEqual([max, true]);
    const seen = await tab.evaluate(() => (window as unknown as { seen: number[] }).seen);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([new Set(seen).size > 1, seen.at(-1)]).toEqual([true, 1]);
    expect(app.calls.get('upload')).toEqual([{ title: 'Big', name: 'big.bin', size: MAX_FILE - 1024 }]);
  });

  test('shows its errors and keeps the chosen file', async () => {
    await open('/upload');
    await tab.getByLabel('Title').fill('No');
    await upload(10);
    await click('Send anyway');
    await eventually(() => field(tab, 'Title').isFocused(), true);
    expect(await field(tab, 'Title').errors()).toBe('Three letters or more.');
    await settled();
    await tab.getByLabel('Title').fill('Yes');
    await click('Send');
    await tab.waitForURL('**/done');
    expect(app.calls.get('upload')).toEqual([{ title: 'Yes', name: 'big.bin', size: 10 }]);
  });

  test('that breaks off is said, and the file is still chosen', async () => {
    await open('/upload');
    await tab.getByLabel('Title').fill('Offline');
    await upload(10);
    await context.setOffline(true);
    await click('Send');
    await eventually(
      () => tab.locator('.banner').innerText(),
      'The form could not be sent. Please try again.',
    );
    await settled();
    await context.setOffline(false);
    await click('Send');
    await tab.waitForURL('**/done');
    expect(app.calls.get('upload')).toEqual([{ title: 'Offline', name: 'big.bin', size: 10 }]);
  });

  test('that is too large is refused in the form', async () => {
    await open('/upload');
    await tab.getByLabel('Title').fill('Too big');
    await upload(MAX_FILE * 2);
    await click('Send');
    await eventually(async () => (await tab.locator('.banner').innerText()).length > 0, true);
    expect(await tab.locator('.banner').innerText()).toContain('larger than 49.1 MiB');
    expect(await tab.getByLabel('Title').inputValue()).toBe('Too big');
    expect(loads).toEqual([]);
    expect(app.count('upload')).toBe(0);
  });
});

describe('after a success', () => {
  test('a page that wants to stay stays, and shows the data', async () => {
    await open('/staying');
    await tab.getByLabel('E-mail').fill('ada@example.org');
    await tab.getByLabel('I agree').check();
    await click('Send');
    await eventually(() => tab.locator('#stayed').allInnerTexts(), ['sub-ada@example.org']);
    await settled();
    expect(loads).toEqual([]);
    expect(app.count('newsletter')).toBe(1);
  });

  test('the back button and a reload send nothing', async () => {
    await open('/slow');
    await tab.getByLabel('Note').fill('once');
    await click('Send');
    await tab.waitForURL('**/done');
    expect(await flashes(tab)).toEqual(['Slowly done.']);
    await tab.reload();
    expect(await flashes(tab)).toEqual([]);
    await tab.goBack();
    expect(await tab.locator('form[aria-busy]').count()).toBe(0);
    await tab.goForward();
    expect(loads.filter((load) => load.startsWith('POST'))).toEqual([]);
    expect(app.count('slow')).toBe(1);
    expect(await flashes(tab)).toEqual([]);
  });

  test('the form stays busy until the page is left, and is free for those who come back to it', async () => {
    await open('/slow');
    // A page that does not come, so that there is time to look.
    await tab.route('**/done', (route) => route.fulfill({ status: 204 }));
    await tab.getByLabel('Note').fill('leaving');
    await Promise.all([tab.waitForRequest('**/done'), click('Send')]);
    await tab.getByLabel('Note').press('Enter');
    // What happens when the browser shows a page again that it has kept whole. The one that runs here keeps none.
    const busy = await tab.locator('form').evaluate((form) => {
      const before = form.ariaBusy;
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      return [before, form.ariaBusy];
    });
    expect(busy).toEqual(['true', null]);
    expect(app.count('slow')).toBe(1);
  });

  test('the buttons of a list are still the browser’s own', async () => {
    await open('/order');
    await tab.getByLabel('Item 1').fill('cup');
    await click('Add an item');
    await tab.getByLabel('Item 2').waitFor();
    expect(await tab.getByLabel('Item 1').inputValue()).toBe('cup');
    expect(loads).toEqual(['POST /order']);
  });
});
