import type { Browser, BrowserContext, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field } from './src/form-page.ts';
import { Gate } from './src/gate.ts';
import { makeAccount, openMember } from './src/member.ts';
import { eventually } from './src/wait.ts';

let browser: Browser;
let site: Site;
let context: BrowserContext;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity({ NODE_ENV: 'development' })]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(() => context.close());

test('a second press of a button that seems to do nothing makes no second post', async () => {
  context = await openMember(browser, site, 'ines', { options: { javaScriptEnabled: false } });
  const tab = await context.newPage();
  const gate = new Gate();
  const answers: string[] = [];
  gate.close();
  await tab.route('**/posts/new?*', async (route, request) => {
    if (request.method() !== 'POST') return route.continue();
    const answer = await route.fetch({ maxRedirects: 0 });
    answers.push(`${answer.status()} ${answer.headers()['idempotency-replayed'] ?? 'ran'}`);
    await gate.pass();
    // Whoever presses again no longer waits for the first answer.
    await route.fulfill({ response: answer }).catch(() => undefined);
  });
  await tab.goto(`${site.url}/posts/new`);
  await tab.getByLabel('Title').fill('Pressed twice');
  await tab.getByLabel('Text').fill('The first answer took its time.');
  const publish = tab.getByRole('button', { name: 'Publish' });
  await publish.scrollIntoViewIfNeeded();
  const box = await publish.boundingBox();
  if (!box) throw new Error('There is no button to press.');
  // By the mouse alone: a locator would wait for the page that is on its way.
  for (const times of [1, 2]) {
    await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await gate.reached(times);
  }
  gate.open();
  await tab.getByRole('heading', { name: 'Pressed twice', level: 1 }).waitFor();
  expect(answers).toEqual(['303 ran', '303 true']);
  await tab.goto(`${site.url}/account/posts`);
  expect(await tab.getByRole('link', { name: 'Pressed twice', exact: true }).count()).toBe(1);
});

test('a form says what is wrong with a field once it is left, and no more when it is right', async () => {
  context = await openContext(browser);
  const tab = await context.newPage();
  const checks: string[] = [];
  const asked = (request: Request): string | undefined => request.headers()['precognition-validate-only'];
  tab.on('request', (request) => checks.push(...[asked(request) ?? []].flat()));
  await tab.goto(site.url, { waitUntil: 'load' });
  const form = tab.locator('form#front');
  const email = field(form, 'E-mail');
  await email.input.fill('ada');
  await email.input.press('Tab');
  await eventually(() => email.errors(), 'That does not look like an e-mail address.');
  expect([await email.isInvalid(), await email.isFocused()]).toEqual([true, false]);
  expect(await form.getByText('Please agree to the terms first.').count()).toBe(0);
  await email.input.fill('ada@example.org');
  await eventually(() => email.isInvalid(), false);
  expect(new Set(checks)).toEqual(new Set(['email']));
  expect(new URL(tab.url()).pathname).toBe('/');
});

test('forms that do not ask for it are checked when they are sent, and not before', async () => {
  context = await openContext(browser);
  const tab = await context.newPage();
  const posts: string[] = [];
  tab.on('request', (request) => void (request.method() === 'POST' && posts.push(request.url())));
  await tab.goto(`${site.url}/login`, { waitUntil: 'load' });
  await tab.getByLabel('E-mail or username').fill('ruth');
  await tab.getByLabel('Password', { exact: true }).fill('not to be sent yet');
  await tab.getByLabel('Password', { exact: true }).press('Tab');
  // A form that is checked would have asked by the time that another one has its answer.
  await tab.goto(site.url, { waitUntil: 'load' });
  const email = field(tab.locator('form#front'), 'E-mail');
  await email.input.fill('ada');
  await email.input.press('Tab');
  await eventually(() => email.isInvalid(), true);
  expect(posts).toEqual([expect.stringContaining('newsletter')]);
});

test('the explorer is a link away, lists the actions, and calls one as a member', async () => {
  await makeAccount(site, 'ruth');
  context = await openContext(browser);
  const tab = await context.newPage();
  const complaints: string[] = [];
  tab.on('pageerror', (error) => complaints.push(error.message));
  await tab.goto(site.url);
  await tab.getByRole('contentinfo').getByRole('link', { name: 'Explorer' }).click();
  await tab.waitForURL('**/_portico');
  const names = await tab.locator('.actions a').allTextContents();
  expect(names).toEqual(expect.arrayContaining(['posts.comment', 'users.login', 'entries.saveEntry']));
  expect(await tab.getByRole('link', { name: 'Mail', exact: true }).count()).toBe(1);

  await tab.getByRole('link', { name: 'users.sessionInfo' }).click();
  await tab.getByRole('heading', { level: 1, name: 'users.sessionInfo' }).waitFor();
  const send = async (): Promise<unknown> => {
    await tab.getByRole('button', { name: 'Send', exact: true }).click();
    const body = tab.getByRole('region', { name: 'Answer' }).locator('pre.body');
    await body.waitFor();
    return JSON.parse((await body.textContent()) ?? '') as unknown;
  };
  expect(await send()).toMatchObject({ isGuest: true });
  const member = tab.getByLabel('Signed in as');
  await member.fill('ruth');
  const option = tab.locator('#people option', { hasText: 'ruth · ' });
  await option.waitFor({ state: 'attached' });
  await member.fill((await option.getAttribute('value')) ?? '');
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  await tab.getByRole('region', { name: 'Answer' }).getByText('"username": "ruth"').waitFor();
  expect(complaints).toEqual([]);
});
