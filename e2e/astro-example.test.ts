import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { astroStart, type AstroServer } from '../packages/portico/test/support/astro.ts';
import { builtAstro } from '../packages/portico/test/support/astro-builds.ts';
import { launchBrowser, openContext } from './src/browser.ts';
import { field, flashes, follow, press } from './src/form-page.ts';
import { watchForScripts } from './src/script-watch.ts';
import { eventually } from './src/wait.ts';

// examples/astro as built, used with a browser. The same over HTTP, and by `astro dev`: packages/portico/test/astro-host/

const root = fileURLToPath(new URL('../examples/astro', import.meta.url));
let browser: Browser;
let server: AstroServer | undefined;
let origin: string;

beforeAll(async () => {
  const [launched, outDir] = await Promise.all([launchBrowser(), builtAstro(root)]);
  browser = launched;
  server = await astroStart(root, outDir);
  origin = server.origin.replace('127.0.0.1', 'localhost');
});
afterAll(async () => {
  await Promise.all([browser?.close(), server?.close()]);
});

interface Visitor {
  readonly tab: Page;
  /** Another tab of the same browser. */
  open(path: string): Promise<Page>;
  /** The texts of `alert`s. Fails for a script that broke. */
  alerts(): string[];
}

async function visit(path: string, javaScriptEnabled = true): Promise<Visitor> {
  const context = await openContext(browser, { javaScriptEnabled });
  onTestFinished(() => context.close());
  const seen = watchForScripts(context);
  const open = async (where: string): Promise<Page> => {
    const tab = await context.newPage();
    const answer = await tab.goto(origin + where);
    expect(answer?.status(), server?.output()).toBe(200);
    // Where there are islands, they are alive.
    if (javaScriptEnabled) await eventually(() => tab.locator('astro-island[ssr]').count(), 0);
    return tab;
  };
  const alerts = (): string[] =>
    seen().map((line) => /: dialog (.*)$/.exec(line)?.[1] ?? expect.fail(`A script broke: ${line}`));
  onTestFinished(() => void alerts());
  return { tab: await open(path), open, alerts };
}

async function signIn(tab: Page, name: string): Promise<void> {
  await field(tab, 'Name').input.fill(name);
  await press(tab, 'Sign in');
  expect(await flashes(tab)).toEqual([`Good to see you, ${name}.`]);
}

const at = (tab: Page): string => tab.url().slice(origin.length);
const article = (tab: Page, title: string): Locator =>
  tab.getByRole('article').filter({ has: tab.getByRole('heading', { name: title }) });

describe.each([false, true])('with JavaScript: %s', (javaScript) => {
  test('the newsletter’s form shows its errors, then its result, once', async () => {
    const { tab } = await visit('/', javaScript);
    const form = tab.locator('form[method=POST]');
    const send = async (email: string, terms: boolean): Promise<number> => {
      await form.getByLabel('E-mail').fill(email);
      await form.getByLabel('I agree to the terms of service').setChecked(terms);
      const answer = await press(tab, 'Sign up', form);
      return ((await answer.request().redirectedFrom()?.response()) ?? answer).status();
    };
    const email = field(form, 'E-mail');

    // To browsers an address, to the schema none.
    expect(await send('houston@localhost', true)).toBe(422);
    expect(await email.errors()).toBe('Please write an e-mail address.');
    expect(await send('houston@example.org', false)).toBe(403);
    expect(await tab.locator('.error:not(.flash)').allTextContents()).toEqual([
      'Unable to sign up. Please try again later.',
    ]);

    expect(await send(`houston-${javaScript}@example.org`, true)).toBe(303);
    expect(at(tab)).toBe('/');
    expect(await tab.locator('.success').textContent()).toMatch(
      /^houston-\w+@example\.org is subscriber number \d+\.$/,
    );
    expect(await flashes(tab)).toEqual(['Welcome on board. Your first letter is on its way.']);
    await tab.reload();
    expect(await tab.locator('.success, .error, .flash').count()).toBe(0);
  });

  test('who signs in is greeted and stays so until the log-out', async () => {
    const { tab, open } = await visit('/signin', javaScript);
    const name = field(tab, 'Name');
    // Two letters to browsers, one to the schema, which trims.
    await name.input.fill('A ');
    expect((await press(tab, 'Sign in')).status()).toBe(422);
    expect(await name.errors()).toBe('At least two letters.');
    expect(await name.input.inputValue()).toBe('A ');
    await signIn(tab, 'Ada');
    expect(at(tab)).toBe('/');

    const other = await open('/products');
    expect(await other.locator('.user').innerText()).toContain('Ada');
    await press(tab, 'Log out');
    expect(at(tab)).toBe('/');
    await other.reload();
    expect(await other.getByRole('link', { name: 'Sign in' }).count()).toBe(1);
  });

  test('a product that was added is shown, and goes into the cart', async () => {
    const { tab } = await visit('/products/create', javaScript);
    await tab.getByLabel('Price in €').fill('much');
    expect((await press(tab, 'Add')).status()).toBe(422);
    expect(await tab.locator('form .error').allTextContents()).toEqual([
      'A product needs a name.',
      'A price is a number.',
    ]);
    await tab.getByLabel('Name').fill('Rocket');
    await tab.getByLabel('Price in €').fill('9');
    await press(tab, 'Add');
    expect(at(tab)).toMatch(/^\/products\/p\d+$/);
    expect(await tab.getByRole('heading').textContent()).toBe('Rocket');

    await press(tab, 'Add to cart');
    expect(await tab.locator('.success').textContent()).toBe('Added Rocket to cart');
    expect(await tab.getByText('In your cart: 1').count()).toBe(1);
    await tab.reload();
    expect(await tab.locator('.success').count()).toBe(0);
    expect(await tab.getByText('In your cart: 1').count()).toBe(1);
  });

  test('products are found by a form that is a link', async () => {
    const { tab } = await visit('/products', javaScript);
    await field(tab, 'Search').input.fill('tele');
    await press(tab, 'Find');
    expect(at(tab)).toBe('/products?search=tele');
    expect(await tab.getByRole('listitem').allTextContents()).toEqual(['Telescope, 240 €']);
  });

  test('a React form that is not hydrated posts to its page, which shows the state where it belongs', async () => {
    const { tab } = await visit('/blog', javaScript);
    const orbit = article(tab, 'Life in orbit');
    await press(tab, '🎉', orbit);
    expect(at(tab)).toBe('/blog');
    expect(await orbit.locator('.success').textContent()).toMatch(/^🎉 makes \d+\.$/);
    expect(await tab.locator('.success').count()).toBe(1);
    await tab.reload();
    expect(await tab.locator('.success').count()).toBe(0);
  });
});

test('a React form posts without JavaScript what it would fetch with it', async () => {
  const { tab } = await visit('/blog', false);
  const launch = article(tab, 'We have liftoff');
  await press(tab, '👍', launch);
  expect(await launch.locator('.success').textContent()).toMatch(/^👍 makes \d+\.$/);
  expect(await tab.locator('.success').count()).toBe(1);
});

test('a hydrated React form is a fetch, and its page stays', async () => {
  const { tab } = await visit('/blog');
  let loads = 0;
  tab.on('framenavigated', () => loads++);
  const launch = article(tab, 'We have liftoff');
  for (const reaction of ['🚀', '👍']) {
    const answer = tab.waitForResponse(`${origin}/_actions/reactToPost`);
    await launch.getByRole('button', { name: reaction }).click();
    expect((await answer).request().resourceType()).toBe('fetch');
    await launch.locator('.success', { hasText: `${reaction} makes` }).waitFor();
  }
  expect(loads).toBe(0);
});

test('the like button leads a stranger to the sign-in, counts for others, and notices a log-out elsewhere', async () => {
  const { tab, open } = await visit('/blog');
  const login = tab.getByRole('link', { name: 'Log in to like a post.' });
  await tab.getByRole('button', { name: /^Like/ }).first().click();
  await login.waitFor();
  await follow(tab, { name: 'Log in to like a post.' });
  await signIn(tab, 'Grace');

  const blog = await open('/blog');
  const like = blog.getByRole('button', { name: /^Like/ }).first();
  const likes = Number(/\d+/.exec(await like.innerText())?.[0]);
  await like.click();
  await eventually(() => like.innerText(), `Like (${likes + 1})`);

  await press(tab, 'Log out');
  await like.click();
  await blog.getByRole('link', { name: 'Log in to like a post.' }).waitFor();
  expect(await like.innerText()).toBe(`Like (${likes + 1})`);
});

test('the Preact button logs out by a call', async () => {
  const { tab, open } = await visit('/signin');
  await signIn(tab, 'Alan');
  const blog = await open('/blog');
  await Promise.all([
    blog.waitForURL(`${origin}/`),
    blog.getByRole('button', { name: 'Log out everywhere' }).click(),
  ]);
  expect(await blog.getByRole('link', { name: 'Sign in' }).count()).toBe(1);
});

test('scripts call actions by name and read the errors of an input', async () => {
  const { tab, alerts } = await visit('/');
  await tab.getByRole('button', { name: 'Get greeting' }).click();
  await eventually(alerts, ['Hello, Houston!']);

  const form = tab.locator('#newsletter-script');
  await form.getByLabel('I agree to the terms of service').check();
  await form.getByLabel('E-mail').fill('houston@localhost');
  await form.getByRole('button').click();
  await eventually(alerts, ['Hello, Houston!', 'Please write an e-mail address.']);
  await form.getByLabel('E-mail').fill('script@example.org');
  await form.getByRole('button').click();
  await tab.waitForURL('**/confirmation');
  expect(await tab.getByRole('heading').textContent()).toBe('Thank you');
});

describe('a prerendered page', () => {
  async function send(tab: Page, email: string): Promise<void> {
    await field(tab, 'E-mail').input.fill(email);
    await tab.getByLabel('I agree to the terms of service').check();
    const answer = await press(tab, 'Sign up');
    expect((await answer.request().redirectedFrom()?.response())?.status()).toBe(303);
    expect(at(tab)).toMatch(/^\/about\/?$/);
  }

  test('has its form’s outcome in its server island', async () => {
    const { tab } = await visit('/about/');
    await tab.getByText('You are not signed in.').waitFor();
    await send(tab, 'houston@localhost');
    await tab.locator('.flash.error', { hasText: 'The input is not valid.' }).waitFor();
    await send(tab, 'island@example.org');
    await tab.locator('.flash', { hasText: 'Welcome on board.' }).waitFor();
    await tab.reload();
    await tab.getByText('You are not signed in.').waitFor();
    expect(await flashes(tab)).toEqual([]);
  });

  test('sends its form without JavaScript, too', async () => {
    const { tab } = await visit('/', false);
    const number = async (email: string): Promise<number> => {
      await tab.goto(origin);
      const form = tab.locator('form[method=POST]');
      await form.getByLabel('E-mail').fill(email);
      await form.getByLabel('I agree to the terms of service').check();
      await press(tab, 'Sign up', form);
      return Number(/(\d+)\.$/.exec(await tab.locator('.success').innerText())?.[1]);
    };
    const before = await number('before@example.org');
    await follow(tab, { name: 'About' });
    await send(tab, 'patience@example.org');
    expect(await number('after@example.org')).toBe(before + 2);
  });
});
