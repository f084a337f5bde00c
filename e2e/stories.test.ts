import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { atTheDesk } from '../examples/community/test/entries.ts';
import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field, flashes, follow, press } from './src/form-page.ts';
import { openMember } from './src/member.ts';
import { watchForScripts } from './src/script-watch.ts';
import { eventually } from './src/wait.ts';

const THANKS = 'Thank you. It will stand here as soon as one of us has read it.';

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

const stories = (page: Page) => page.locator('.story');

describe('a story of a guest, without JavaScript', () => {
  beforeEach(() => open(false));

  test('is refused while it is empty, thanked for, read, published, and limited', async () => {
    await visit('/stories');
    const body = field(tab, 'Your story');
    const name = tab.getByLabel('Your name, or what you would like us to print');
    await body.input.evaluate((input: HTMLTextAreaElement) => {
      input.form?.setAttribute('novalidate', '');
    });
    await name.fill('Ada & Bob');
    await tab.getByLabel('Town').fill('Whitby');
    expect((await press(tab, 'Send it')).status()).toBe(422);
    expect(await body.isInvalid()).toBe(true);
    expect(await body.errors()).toContain('Your story cannot be blank.');
    expect([await name.inputValue(), await tab.getByLabel('Town').inputValue()]).toEqual([
      'Ada & Bob',
      'Whitby',
    ]);

    await body.input.fill('It survived <b>two</b> moves.\n\n<script>alert(1)</script>');
    await press(tab, 'Send it');
    expect(tab.url()).toBe(`${site.url}/stories`);
    expect(await flashes(tab)).toEqual([THANKS]);
    expect(await body.input.inputValue()).toBe('');
    await tab.reload();
    expect([await flashes(tab), await stories(tab).count()]).toEqual([[], 0]);

    const desk = await moderator();
    const reader = await desk.newPage();
    await visit('/stories', reader);
    expect(await stories(reader).count()).toBe(0);
    await follow(reader, { name: 'Those that wait' });
    expect(await stories(reader).innerText()).toContain('It survived <b>two</b> moves.');
    await press(reader, 'Publish the story of Ada & Bob');
    expect(await flashes(reader)).toEqual(['The story is out.']);
    expect(await stories(reader).count()).toBe(0);
    await tab.reload();
    expect(await stories(tab).innerText()).toContain('<script>alert(1)</script>');
    expect(await stories(tab).innerText()).toContain('Ada & Bob, Whitby');

    // Five an hour, those that were refused among them.
    for (const nth of ['second', 'third', 'fourth']) {
      await body.input.fill(`The ${nth} of mine.`);
      await press(tab, 'Send it');
    }
    await body.input.fill('One too many, typed with care.');
    await name.fill('Ada');
    const answer = await press(tab, 'Send it');
    expect(answer.status()).toBe(429);
    expect(await tab.locator('.flash-error').count()).toBe(1);
    expect(await body.input.inputValue()).toBe('One too many, typed with care.');
    expect(await name.inputValue()).toBe('Ada');
    await reader.reload();
    expect(await stories(reader).count()).toBe(3);
    await press(reader, 'Delete the story of somebody', stories(reader).first());
    expect(await flashes(reader)).toEqual(['The story is deleted.']);
    expect(await stories(reader).count()).toBe(2);
    await reader.reload();
    expect(await stories(reader).count()).toBe(2);
    await desk.close();
  });

  test('waits where no guest and no member can read it', async () => {
    await visit('/admin/stories');
    expect(tab.url()).toBe(`${site.url}/login`);
    const member = await openMember(browser, site, 'ruth', { options: { javaScriptEnabled: false } });
    const page = await member.newPage();
    expect((await page.goto(`${site.url}/admin/stories`))?.status()).toBe(403);
    await visit('/stories', page);
    await page.getByLabel('Your story').fill('Told by a member.');
    await page.getByLabel('Your name, or what').fill('Ruth');
    await press(page, 'Send it');
    expect(await flashes(page)).toEqual([THANKS]);
    expect(await page.getByText('Told by a member.').count()).toBe(0);
    await member.close();
  });
});

describe('with JavaScript', () => {
  const ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))';
  beforeEach(() => open(true));

  test('a story is refused beside its field, and one too many stays in its form', async () => {
    await visit('/stories');
    const body = field(tab, 'Your story');
    const send = tab.getByRole('button', { name: 'Send it' });
    await body.input.evaluate((input: HTMLTextAreaElement) => {
      input.form?.setAttribute('novalidate', '');
    });
    await tab.getByLabel('Town').fill('Whitby');
    // The site may have counted some of this address before.
    for (let sent = 0; sent < 6; sent++) {
      await body.input.fill(' ');
      const [answer] = await Promise.all([
        tab.waitForResponse((one) => one.request().method() === 'POST'),
        send.click(),
      ]);
      await eventually(async () => (await tab.locator('form[data-pending]').count()) === 0, true);
      if (answer.status() === 429) break;
      expect(answer.status()).toBe(422);
      await eventually(() => body.isInvalid(), true);
    }
    await body.input.fill('One too many, typed with care.');
    await send.click();
    await tab.locator('main form .banner:not([hidden])').waitFor();
    expect(await body.input.inputValue()).toBe('One too many, typed with care.');
    expect(await tab.getByLabel('Town').inputValue()).toBe('Whitby');
    expect(tab.url()).toBe(`${site.url}/stories`);
  });

  test('what is meant to run as a script runs nowhere: not in a story, a help page or a mail', async () => {
    const member = await openMember(browser, site, 'ruth');
    const desk = await moderator(true);
    const ran = [guest, member, desk].map(watchForScripts);
    const teller = await member.newPage();
    await visit('/stories', teller);
    await teller.getByLabel('Your story').fill(ATTACK);
    await teller.getByLabel('Your name, or what').fill(ATTACK.slice(0, 79));
    await teller.getByLabel('Town').fill('<img src=x onerror=alert(4)>');
    await teller.getByRole('button', { name: 'Send it' }).click();
    await teller.getByText(THANKS).waitFor();

    const reader = await desk.newPage();
    await visit('/admin/stories', reader);
    const waiting = stories(reader).filter({ hasText: 'onerror=alert(4)' });
    expect(await waiting.innerText()).toContain(ATTACK);
    await waiting.getByRole('button', { name: /^Publish/ }).click();
    await reader.getByText('The story is out.').waitFor();
    await visit('/stories');
    expect(await stories(tab).filter({ hasText: ATTACK }).count()).toBe(1);

    await visit('/admin/help/new', reader);
    await reader.getByLabel('Title').fill(`Attacked ${ATTACK}`);
    await reader.getByLabel('Text').fill(ATTACK);
    await reader.getByRole('button', { name: 'Save the page' }).click();
    await reader.getByRole('heading', { level: 1, name: 'Attacked' }).waitFor();
    for (const page of [new URL(reader.url()).pathname, '/help', '/search?q=attacked']) {
      await visit(page);
      expect([page, await tab.locator('main [onerror], main script').count()]).toEqual([page, 0]);
    }

    await visit('/contact');
    await tab.getByLabel('Your name').fill(ATTACK);
    await tab.getByLabel('Your e-mail address').fill('mallory@example.org');
    await tab.getByLabel('What it is about').fill(`Attack ${ATTACK}`);
    await tab.getByLabel('Your message').fill(ATTACK);
    await tab.getByRole('button', { name: 'Send the message' }).click();
    await tab.getByText('Your message is on its way to the studio.').waitFor();
    await eventually(async () => {
      await visit('/_portico/mail');
      return tab.getByText('Attack "').count();
    }, 1);
    await tab.getByText('Attack "').click();
    await tab.waitForURL('**/mail?id=*');
    for (const frame of tab.frames())
      expect(await frame.locator('[onerror], a[href^="javascript:"]').count()).toBe(0);
    expect(ran.flatMap((tell) => tell())).toEqual([]);
    await Promise.all([member.close(), desk.close()]);
  });

  test('a story that was changed since it was read is not published unread, and can be then', async () => {
    const desk = await moderator(true);
    const reader = await desk.newPage();
    await atTheDesk(site.dataFolder, ({ saveEntry }) =>
      saveEntry('stories', { enabled: false, fields: { body: 'As it was read.', signedAs: 'Gil' } }),
    );
    await visit('/admin/stories', reader);
    await atTheDesk(site.dataFolder, async ({ entries, saveEntry }) => {
      const read = await entries('stories').status('disabled').where('fields.signedAs', 'Gil').first();
      if (read === undefined) throw new Error('The story is not there.');
      await saveEntry('stories', { id: read.id, fields: { body: 'As it is now.' } });
    });
    expect((await press(reader, 'Publish the story of Gil')).status()).toBe(409);
    await reader.getByText('As it is now.').waitFor();
    await reader.getByRole('button', { name: 'Publish the story of Gil' }).click();
    await reader.getByText('The story is out.').waitFor();
    await desk.close();
  });
});
