import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createPortico, defineAction } from 'portico';
import { explorer } from 'portico/explorer';
import { toNodeListener } from 'portico/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import { launchBrowser, openContext } from './src/browser.ts';
import { eventually } from './src/wait.ts';

const run = promisify(execFile);
let browser: Browser;
let server: Server;
let url: string;
let context: BrowserContext;
let tab: Page;
let complaints: string[];

const portico = createPortico({
  secrets: ['a secret for the browser tests, long enough'],
  actions: {
    orders: {
      place: defineAction({
        accept: 'form',
        description: 'Places an order.',
        input: z.object({
          email: z.email('Give an e-mail address.'),
          password: z.string().min(1),
          items: z
            .array(z.object({ name: z.string().min(1, 'Name it.'), qty: z.number().min(1) }))
            .min(1, 'Order something.'),
        }),
        handler: ({ email, items }, ctx) => ({ email, items, by: ctx.session.userId ?? 'guest' }),
      }),
    },
    other: defineAction({ handler: () => undefined }),
  },
  plugins: [explorer({ people: { list: async () => [{ id: '7', label: 'Ada' }] } })],
});

beforeAll(async () => {
  server = createServer(toNodeListener(portico));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});
beforeEach(async () => {
  context = await openContext(browser);
  tab = await context.newPage();
  complaints = [];
  tab.on('pageerror', (error) => complaints.push(error.message));
  // A page that asks for what its own policy refuses says so here.
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const answer = () => tab.getByRole('region', { name: 'Answer' });

test('an action is found by its name, called wrongly, then rightly, and copied', async () => {
  await tab.goto(`${url}/_portico`);
  await tab.keyboard.press('/');
  await tab.keyboard.type('PLACE');
  const links = tab.locator('.actions li:visible a');
  await eventually(() => links.allTextContents(), ['orders.place']);
  await links.click();
  await tab.getByRole('heading', { level: 1, name: 'orders.place' }).waitFor();

  await tab.getByLabel('Email').fill('ada');
  await tab.getByLabel('Password').fill('geheim');
  await tab.getByRole('button', { name: 'Add to Items' }).click();
  await tab.getByRole('group', { name: 'Items 2' }).getByLabel('Qty').fill('5');
  await tab.getByRole('button', { name: 'Remove Items 1' }).click();
  await eventually(() => tab.getByRole('group', { name: 'Items 2' }).count(), 0);
  expect(await tab.getByLabel('Qty').inputValue()).toBe('5');
  await tab.getByLabel('Qty').fill('0');
  // What the server does not hand back stays.
  expect(await tab.getByLabel('Password').inputValue()).toBe('geheim');
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  const errors = (id: string): Promise<string | null> => tab.locator(`[id="${id}-errors"]`).textContent();
  await eventually(() => errors('orders-place__email'), 'Give an e-mail address.');
  expect(await errors('orders-place__items-0-name')).toBe('Name it.');
  expect(await errors('orders-place__items-0-qty')).not.toBe('');
  expect(await tab.getByLabel('Email').evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await tab.getByLabel('Email').getAttribute('aria-describedby')).toContain(
    'orders-place__email-errors',
  );

  await tab.getByLabel('Email').fill("o'hara@example.org");
  await tab.getByLabel('Name').fill('Bread & "butter"');
  await tab.getByLabel('Qty').fill('2');
  await tab.getByLabel('Signed in as').fill('7');
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  const sent = { email: "o'hara@example.org", items: [{ name: 'Bread & "butter"', qty: 2 }] };
  await eventually(
    async () => JSON.parse((await answer().locator('pre.body').textContent()) ?? '') as unknown,
    {
      ...sent,
      by: '7',
    },
  );
  expect(await errors('orders-place__email')).toBe('');

  await tab.getByRole('button', { name: 'Copy as curl' }).click();
  await tab.locator('[data-snippet]').waitFor();
  const line = (await tab.locator('[data-snippet]').textContent()) ?? '';
  const { stdout } = await run('bash', ['-c', line], { timeout: 15_000 });
  expect(JSON.parse(stdout)).toEqual({ ...sent, by: 'guest' });
});

test('the list of requests shows new ones by itself, and one opens in its form', async () => {
  await tab.goto(`${url}/_portico/requests?name=orders&outcome=error`);
  const rows = tab.locator('tbody tr');
  const before = await rows.count();
  const body = new URLSearchParams({
    email: 'bob',
    password: 'geheim',
    'items[0].name': 'Milk',
    'items[0].qty': '1',
  });
  await fetch(`${url}/_actions/orders.place`, { method: 'POST', body });
  await eventually(() => rows.count(), before + 1);
  await rows.first().getByRole('link', { name: 'orders.place' }).click();
  expect(await tab.locator('main').textContent()).not.toContain('geheim');
  await tab.getByRole('link', { name: 'Open in form' }).click();
  await eventually(() => tab.getByLabel('Email').inputValue(), 'bob');
  expect(await tab.getByLabel('Name').inputValue()).toBe('Milk');
  expect(await tab.getByLabel('Password').inputValue()).toBe('');
});

test('without JavaScript the pages can be read and searched', async () => {
  const plain = await openContext(browser, { javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${url}/_portico`);
  await page.getByLabel('Search actions').fill('place');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'orders.place' }).click();
  await page.getByRole('heading', { level: 1, name: 'orders.place' }).waitFor();
  expect(await page.getByRole('row').count()).toBeGreaterThan(3);
  await plain.close();
});

test.each(['light', 'dark'] as const)('fits a small screen, in %s', async (colorScheme) => {
  await tab.emulateMedia({ colorScheme });
  await tab.setViewportSize({ width: 360, height: 740 });
  for (const path of ['', '/actions/orders.place', '/requests']) {
    await tab.goto(`${url}/_portico${path}`);
    const overflow = await tab.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect([path, overflow]).toEqual([path, 0]);
  }
});
