import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field, flashes, follow, press } from './src/form-page.ts';
import { openMember } from './src/member.ts';
import { eventually } from './src/wait.ts';

let browser: Browser;
let site: Site;
let guest: BrowserContext;
let tab: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A browser of somebody who is not known. */
async function open(javaScriptEnabled: boolean): Promise<void> {
  guest = await openContext(browser, { javaScriptEnabled });
  tab = await guest.newPage();
}
afterEach(() => guest.close());

const moderator = (javaScriptEnabled = false): Promise<BrowserContext> =>
  openMember(browser, site, 'kenji', { groups: ['moderators'], options: { javaScriptEnabled } });

async function visit(path: string, page = tab): Promise<void> {
  await page.goto(site.url + path, { waitUntil: 'load' });
}

describe.each([
  { scripts: 'off', javaScriptEnabled: false },
  { scripts: 'on', javaScriptEnabled: true },
])('the contact form, JavaScript $scripts', ({ scripts, javaScriptEnabled }) => {
  beforeEach(() => open(javaScriptEnabled));

  test('tells what is wrong, keeps the rest, and sends a mail with its papers', async () => {
    await visit('/contact');
    const form = tab.locator('form.form').filter({ has: tab.getByLabel('Your message') });
    const send = form.getByRole('button', { name: 'Send the message' });
    const email = field(form, 'Your e-mail address');
    await form.evaluate((element: HTMLFormElement) => {
      element.noValidate = true;
    });
    await form.getByLabel('Your name').fill('Ada Lovelace');
    await email.input.fill('nowhere');
    await form.getByLabel('Your message').fill('A jug like that of the journal,\n\nplease.');
    await send.click();
    await eventually(() => email.isInvalid(), true);
    expect(await email.errors()).not.toBe('');
    expect(await form.getByLabel('Your name').inputValue()).toBe('Ada Lovelace');
    expect(await form.getByLabel('Your message').inputValue()).toBe(
      'A jug like that of the journal,\n\nplease.',
    );

    const subject = `A jug, scripts ${scripts}`;
    await email.input.fill('ada@example.org');
    await form.getByLabel('What it is about').fill(subject);
    await form.getByLabel('Pictures or papers').setInputFiles([
      { name: 'sketch.txt', mimeType: 'text/plain', buffer: Buffer.from('belly, neck, handle') },
      {
        name: 'jug.jpg',
        mimeType: 'image/jpeg',
        buffer: await tab.screenshot({ type: 'jpeg', quality: 40 }),
      },
    ]);
    await send.click();
    await tab.locator('.flash').filter({ hasText: 'Your message is on its way to the studio.' }).waitFor();
    await eventually(() => form.getByLabel('Your message').inputValue(), '');
    await tab.reload();
    expect(await flashes(tab)).toEqual([]);

    await eventually(async () => {
      await visit('/_portico/mail');
      return tab.getByText(subject).count();
    }, 1);
    await tab.getByText(subject).click();
    const mail = await tab.locator('body').innerText();
    for (const part of [
      'admin@localhost.test',
      'Ada Lovelace <ada@example.org> wrote',
      'A jug like that of the journal,',
    ])
      expect(mail).toContain(part);
    expect(mail).toContain('sketch.txt (text/plain; charset=utf-8, 19 bytes)');
    expect(mail).toMatch(/jug\.webp \(image\/webp, \d+ bytes\)/);
  });
});

describe('a help page', () => {
  test('is written below another, moved, hidden and deleted', async () => {
    await open(false);
    const desk = await moderator();
    const page = await desk.newPage();
    await visit('/help', page);
    const chapter = (await page.locator('.tree > li > a').first().getAttribute('href')) ?? '';
    await visit(chapter, page);
    await follow(page, { name: 'New page below this one' });
    await page.getByLabel('Title').fill('How to wedge & turn');
    await page.getByLabel('Text').fill('Cut, *slam*, turn.');
    await press(page, 'Save the page');
    const place = new URL(page.url()).pathname;
    expect(place).toBe(`${chapter}/how-to-wedge-turn`);
    await visit(place);
    expect(await tab.getByRole('heading', { level: 1 }).innerText()).toBe('How to wedge & turn');
    expect(await tab.locator('.prose em').innerText()).toBe('slam');
    expect(await tab.getByRole('link', { name: 'Edit' }).count()).toBe(0);

    await follow(page, { name: 'Edit' });
    const edit = page.url();
    await page.getByLabel('Stands below').selectOption('');
    await press(page, 'Save the page');
    expect(new URL(page.url()).pathname).toBe('/help/how-to-wedge-turn');
    expect((await tab.goto(site.url + place))?.status()).toBe(404);
    expect((await tab.goto(`${site.url}/help/how-to-wedge-turn`))?.status()).toBe(200);

    await page.goto(edit);
    await page.getByLabel('Title').fill('Wedging');
    await page.getByLabel('Everybody may see it').uncheck();
    await press(page, 'Save the page');
    expect(new URL(page.url()).pathname).toBe('/help/how-to-wedge-turn');
    expect(await page.locator('.note').innerText()).toContain('not published');
    expect((await tab.goto(`${site.url}/help/how-to-wedge-turn`))?.status()).toBe(404);
    await visit('/help');
    expect(await tab.getByText('Wedging').count()).toBe(0);

    await page.goto(edit);
    await press(page, 'Delete the page');
    expect(await flashes(page)).toEqual(['The page is deleted.']);
    expect((await page.goto(edit))?.status()).toBe(404);
    await desk.close();
  });

  test.each([
    { scripts: 'off', javaScriptEnabled: false },
    { scripts: 'on', javaScriptEnabled: true },
  ])('of two who edit it the second is told, JavaScript $scripts', async ({ scripts, javaScriptEnabled }) => {
    await open(javaScriptEnabled);
    const desk = await moderator(javaScriptEnabled);
    const [first, second] = [await desk.newPage(), await desk.newPage()];
    await visit('/help', first);
    await first.locator('.tree a').first().click();
    await follow(first, { name: 'Edit' });
    await first.getByLabel('Text').waitFor();
    await second.goto(first.url());
    await first.getByLabel('Text').fill(`By the first, scripts ${scripts}.`);
    await press(first, 'Save the page');
    await second.getByLabel('Text').fill(`By the second, scripts ${scripts}.`);
    expect((await press(second, 'Save the page')).status()).toBe(409);
    expect(await second.locator('.note').innerText()).toContain(
      'Somebody saved this page while you were writing',
    );
    expect(await second.getByLabel('Text').inputValue()).toBe(`By the second, scripts ${scripts}.`);
    await press(second, 'Save the page');
    expect(await second.locator('.prose').innerText()).toBe(`By the second, scripts ${scripts}.`);
    await desk.close();
  });
});
