import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { createPortico, defineAction } from 'portico';
import { form, html, renderForm, renderInput } from 'portico/html';
import { toNodeListener } from 'portico/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import { launchBrowser, openContext } from './src/browser.ts';
import { bundleClient } from './src/client-bundle.ts';
import { layout } from './src/fixture-pages.ts';
import { eventually } from './src/wait.ts';

// A form of a `once` action in a browser: what its visitor means to send twice is sent twice, and nothing else.

let browser: Browser;
let server: Server;
let url: string;
const notes: string[] = [];

beforeAll(async () => {
  const note = defineAction({
    accept: 'form',
    once: true,
    input: z.object({ text: z.string().min(1) }),
    errors: { TAKEN: { status: 409, message: 'There is such a note.' } },
    handler: ({ text }, ctx) => {
      notes.push(text);
      if (text === 'taken') ctx.fail('TAKEN');
      if (ctx.url.pathname === '/leaving') ctx.redirect('/done');
    },
  });
  const portico = createPortico({
    actions: { note },
    secrets: ['a secret for the browser tests, long enough'],
  });
  const [launched, script] = await Promise.all([launchBrowser(), bundleClient()]);
  browser = launched;
  server = createServer(
    toNodeListener(portico, {
      pages(request) {
        const { pathname } = new URL(request.url);
        if (pathname === '/enhance.js')
          return new Response(script, { headers: { 'content-type': 'text/javascript' } });
        const ctx = portico.context(request);
        const state = form(ctx, note);
        const fields = html`<p data-form-errors>${state.message}</p>
          ${renderInput(state.field('text'))}<button>Send</button>`;
        const extra = pathname === '/staying' ? { 'data-reset': true } : {};
        const body = pathname === '/done' ? html`<p>Done.</p>` : renderForm(state, fields, extra);
        return new Response(layout(ctx, pathname, body), { headers: { 'content-type': 'text/html' } });
      },
    }),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((done) => server?.close(done));
});
beforeEach(() => {
  notes.length = 0;
});

test('a form that stays on its page sends one note after the other, refused ones too', async () => {
  const context = await openContext(browser);
  const tab = await context.newPage();
  await tab.goto(`${url}/staying`);
  await tab.locator('html[data-enhanced]').waitFor();
  const expected: string[] = [];
  // The third is what the first was: a visitor who types it anew means it.
  for (const text of ['one', 'taken', 'one']) {
    expected.push(text);
    await tab.locator('input[name=text]').fill(text);
    await tab.getByRole('button', { name: 'Send' }).click();
    await eventually(async () => notes, expected);
    await eventually(() => tab.locator('form[aria-busy]').count(), 0);
  }
  await context.close();
});

test.each([true, false])(
  'the back button and a second press send nothing twice (JavaScript: %s)',
  async (javaScript) => {
    const context = await openContext(browser, { javaScriptEnabled: javaScript });
    const tab = await context.newPage();
    await tab.goto(`${url}/leaving`);
    if (javaScript) await tab.locator('html[data-enhanced]').waitFor();
    for (let n = 0; n < 2; n++) {
      await tab.locator('input[name=text]').fill('one');
      await tab.getByRole('button', { name: 'Send' }).click();
      await tab.waitForURL('**/done');
      if (n === 0) await tab.goBack();
    }
    expect(notes).toEqual(['one']);
    await context.close();
  },
);
