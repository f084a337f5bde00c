import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { APPEARANCES, auditAppearance, optionsOf } from './src/appearances.ts';
import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { follow, press } from './src/form-page.ts';
import { fillPost } from './src/journal.ts';
import { openMember } from './src/member.ts';
import { auditFocus } from './src/page-audit.ts';

// What neither breaks nor ends.
const LONG = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(3);

let browser: Browser;
let site: Site;
let context: BrowserContext;
let tab: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(() => context.close());

async function visit(path: string): Promise<void> {
  await tab.goto(site.url + path);
}

const hrefOf = async (name: string): Promise<string> =>
  (await tab.getByRole('link', { name, exact: true }).first().getAttribute('href')) ?? '';

describe.each(APPEARANCES)('in $colorScheme colours, $width pixels wide', (appearance) => {
  const { colorScheme, width } = appearance;
  const options = optionsOf(appearance);
  const faults: string[] = [];

  async function audit(name: string): Promise<void> {
    faults.push(...(await auditAppearance(tab, name, appearance)));
  }

  test('every page of a post can be read, named and used', async () => {
    faults.length = 0;
    context = await openMember(browser, site, 'ruth', { options });
    tab = await context.newPage();
    await visit('/posts/new');
    await tab.locator('form[data-post] summary').click();
    faults.push(...(await auditFocus(tab, 30)));
    await tab.locator('form[data-post]').evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
    await fillPost(tab, { title: '', text: 'Kept.' });
    await press(tab, 'Publish');
    await audit('post-refused');
    await fillPost(tab, {
      title: `Audited ${colorScheme} ${width}`,
      text: `# One\n\n## Two\n\n> said\n\n- a\n- b\n\n\`code\`\n\n    ${LONG}\n\n${LONG}\n\n![x](https://example.org/x.png)\n\n---`,
      tags: `Clay, ${LONG.slice(0, 60)}`,
      cover: await tab.screenshot({ type: 'jpeg', quality: 40 }),
      pictured: LONG.slice(0, 140),
    });
    await press(tab, 'Save as draft');
    await audit('draft');
    await visit('/account/posts');
    await audit('posts-draft');
    await tab
      .getByRole('link', { name: /^Edit: / })
      .first()
      .click();
    await fillPost(tab, { comesOut: '2099-05-01T09:30' });
    await press(tab, 'Publish');
    await audit('post-pending');
    await tab.locator('.ask summary').click();
    await audit('post-delete');
    const edit = await hrefOf('Edit');
    await visit(edit);
    await fillPost(tab, { comesOut: '', text: LONG, notes: LONG });
    await press(tab, 'Save');
    await audit('post');
    const other = await context.newPage();
    await other.goto(site.url + edit);
    await visit(edit);
    await fillPost(tab, { text: 'Meanwhile.' });
    await press(tab, 'Save');
    await fillPost(other, { text: LONG });
    await press(other, 'Save');
    [tab] = [other];
    await audit('post-conflict');
    await fillPost(tab, { text: 'A draft of it.' });
    await press(tab, 'Save as draft');
    await audit('post-changes');
    await visit('/account/posts');
    await audit('posts-changes');
    const versions = edit.replace('edit', 'revisions');
    await visit(versions);
    await audit('versions');
    faults.push(...(await auditFocus(tab, 20)));
    await visit(`${versions}?revision=1`);
    await audit('versions-compared');
    await visit('/tags');
    await audit('tags');
    await visit(await hrefOf('Clay'));
    await audit('tag');
    await visit(edit);
    await context.clearCookies();
    await press(tab, 'Publish');
    await audit('post-kept');
    expect(faults).toEqual([]);
  });

  test('every page of stories, help and the contact form can be read, named and used', async () => {
    faults.length = 0;
    context = await openContext(browser, options);
    tab = await context.newPage();
    await visit('/stories');
    await tab.getByLabel('Your story').evaluate((input: HTMLTextAreaElement) => {
      input.form?.setAttribute('novalidate', '');
    });
    await press(tab, 'Send it');
    await audit('stories-refused');
    await visit('/contact');
    faults.push(...(await auditFocus(tab, 25)));
    await tab.getByLabel('Your message').evaluate((input: HTMLTextAreaElement) => {
      input.form?.setAttribute('novalidate', '');
    });
    await press(tab, 'Send the message');
    await audit('contact-refused');
    await visit('/help');
    await audit('help');
    await tab.locator('.tree a').first().click();
    await audit('help-page');
    await context.close();

    context = await openMember(browser, site, 'kenji', { groups: ['moderators'], options });
    tab = await context.newPage();
    await visit('/stories');
    await tab.getByLabel('Your story').fill(`${LONG}\n\n${LONG}`);
    await tab.getByLabel('Town').fill(LONG.slice(0, 80));
    await press(tab, 'Send it');
    await audit('stories-thanks');
    await visit('/admin/stories');
    await audit('stories-waiting');
    faults.push(...(await auditFocus(tab, 15)));
    await tab
      .getByRole('button', { name: /^Publish/ })
      .first()
      .click();
    await visit('/stories');
    await audit('stories');
    await visit('/help');
    await tab.locator('.tree a').first().click();
    await audit('help-page-editor');
    await follow(tab, { name: 'Edit', exact: true });
    faults.push(...(await auditFocus(tab, 25)));
    await tab.getByLabel('Title').evaluate((input: HTMLInputElement) => {
      input.form?.setAttribute('novalidate', '');
    });
    await tab.getByLabel('Title').fill('');
    await press(tab, 'Save the page');
    await audit('help-refused');
    expect(faults).toEqual([]);
  });
});
