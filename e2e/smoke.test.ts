import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { launchBrowser } from './src/browser.ts';

const page = `<!doctype html><title>A form</title>
<form method="post"><label>Name <input name="name"></label><button>Send</button></form>
<p id="scripts">off</p><script>document.getElementById('scripts').textContent = 'on';</script>`;

let server: Server;
let browser: Browser;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (request.method !== 'POST') return response.end(page);
    let body = '';
    for await (const chunk of request) body += chunk;
    return response.end(`<h1>Hello ${new URLSearchParams(body).get('name')}</h1>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe.each([
  { javaScriptEnabled: true, scripts: 'on' },
  { javaScriptEnabled: false, scripts: 'off' },
])('with JavaScript $scripts', ({ javaScriptEnabled, scripts }) => {
  test('a form is filled in and posted', async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const tab = await context.newPage();
    await tab.goto(url);
    expect(await tab.locator('#scripts').textContent()).toBe(scripts);
    await tab.getByLabel('Name').fill('Ada');
    await tab.getByRole('button', { name: 'Send' }).click();
    await tab.waitForSelector('h1');
    expect(await tab.locator('h1').textContent()).toBe('Hello Ada');
    await context.close();
  });
});
