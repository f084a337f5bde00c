import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { flashes, follow, press } from './src/form-page.ts';
import { fillPost, postForm, publish, writtenIn } from './src/journal.ts';
import { openMember } from './src/member.ts';

const SAVED_MEANWHILE = 'Somebody saved this entry while you were writing.';
const FIRST = { title: 'Two hands, first', text: 'First <b>hand</b>.', tags: 'Clay, First' };
const SECOND = {
  title: 'Two hands, second',
  text: 'Second hand,\n\nwho typed "more" & longer.',
  tags: 'Second',
};

let browser: Browser;
let site: Site;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Of a post that is shown: where it is edited. */
async function openEditor(context: BrowserContext, path: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(site.url + path);
  await follow(tab, { name: 'Edit', exact: true });
  return tab;
}

describe.each([
  { scripts: 'off', javaScriptEnabled: false },
  { scripts: 'on', javaScriptEnabled: true },
])('two who edit one post, JavaScript $scripts', ({ scripts, javaScriptEnabled }) => {
  let author: BrowserContext;
  let moderator: BrowserContext;

  beforeEach(async () => {
    const options = { javaScriptEnabled };
    author = await openMember(browser, site, 'ines', { options });
    moderator = await openMember(browser, site, 'kenji', { groups: ['moderators'], options });
  });
  afterEach(() => Promise.all([author.close(), moderator.close()]));

  /** A post, and the two with its editor open. */
  async function bothEdit(title: string): Promise<{ path: string; first: Page; second: Page }> {
    const plain = await openMember(browser, site, 'ines', { options: { javaScriptEnabled: false } });
    const path = await publish(await plain.newPage(), site, { title, text: 'As it began.', tags: 'Clay' });
    await plain.close();
    const [first, second] = await Promise.all([openEditor(moderator, path), openEditor(author, path)]);
    return { path, first, second };
  }

  /** Presses Save where it leads to a page, with status and all. */
  const save = (tab: Page) => press(tab, 'Save', postForm(tab));

  test('the second is told by a 409 that shows both texts and keeps what was typed', async () => {
    const { path, first, second } = await bothEdit(`Two hands ${scripts}`);
    await fillPost(first, { ...FIRST, notes: 'By the first.' });
    await save(first);
    expect(first.url()).toBe(site.url + path);

    await fillPost(second, { ...SECOND, notes: 'By the second.' });
    const refused = await save(second);
    expect(refused.status()).toBe(409);
    expect(second.url()).toMatch(/\/posts\/\d+\/edit(\?|$)/);
    expect(await second.locator('.flash-error').innerText()).toContain(SAVED_MEANWHILE);
    // What is stored, as text.
    const theirs = second.locator('.conflict');
    expect(await theirs.innerText()).toContain('Kenji Tester saved this post on');
    expect(await theirs.getByRole('heading', { level: 3 }).innerText()).toBe(FIRST.title);
    expect(await theirs.locator('pre').innerText()).toBe(FIRST.text);
    expect(await theirs.innerText()).toContain('Tags: Clay, First');
    // What was typed.
    expect(await writtenIn(second)).toEqual(SECOND);
    expect(await postForm(second).getByLabel('What did you change?').inputValue()).toBe('By the second.');
    // Nothing of it is stored.
    await first.reload();
    expect(await first.getByRole('heading', { level: 1 }).innerText()).toBe(FIRST.title);

    await save(second);
    expect(second.url()).toBe(site.url + path);
    expect(await flashes(second)).toEqual(['Your post is saved.']);
    expect(await second.getByRole('heading', { level: 1 }).innerText()).toBe(SECOND.title);
    await follow(second, { name: 'Versions' });
    const cards = await second.locator('.cards > li').allInnerTexts();
    expect(cards).toHaveLength(3);
    expect(cards[0]).toContain('Inês Tester');
    expect(cards[0]).toContain('By the second.');
    expect(cards[1]).toContain('Kenji Tester');
    expect(cards[1]).toContain('By the first.');
    // The text that was saved over can be had back.
    await follow(second, { name: 'Compare version 2' });
    expect(await second.locator('.differences').innerText()).toContain(FIRST.text);
    await press(second, 'Restore this version');
    expect(await second.locator('.article .prose').innerText()).toBe(FIRST.text);
  });

  test('a third save between the two is no silent loss either', async () => {
    const { path, first, second } = await bothEdit(`Three saves ${scripts}`);
    await fillPost(first, { text: 'The first save.' });
    await save(first);
    await fillPost(second, { text: 'The last word.' });
    expect((await save(second)).status()).toBe(409);
    const third = await openEditor(moderator, path);
    await fillPost(third, { text: 'The save between.' });
    await save(third);
    expect((await save(second)).status()).toBe(409);
    expect(await second.locator('.conflict pre').innerText()).toBe('The save between.');
    expect((await writtenIn(second)).text).toBe('The last word.');
    await save(second);
    expect(await second.locator('.article .prose').innerText()).toBe('The last word.');
  });

  test('a version is not restored over what was saved since it was compared', async () => {
    const { path, first, second } = await bothEdit(`Restored late ${scripts}`);
    await fillPost(first, { text: 'The second version.' });
    await save(first);
    await second.goto(site.url + path);
    await follow(second, { name: 'Versions' });
    await follow(second, { name: 'Compare version 1' });
    const third = await openEditor(moderator, path);
    await fillPost(third, { text: 'The third version.' });
    await save(third);
    await second.getByRole('button', { name: 'Restore this version' }).click();
    await second.getByText(SAVED_MEANWHILE).waitFor();
    await third.reload();
    expect(await third.locator('.article .prose').innerText()).toBe('The third version.');
  });

  test('a draft from before the first save does not take its place unseen', async () => {
    const { path, first, second } = await bothEdit(`Drafted meanwhile ${scripts}`);
    await fillPost(first, { text: 'The first save.' });
    await save(first);
    await fillPost(second, { text: 'Drafted over what was.' });
    await postForm(second).getByRole('button', { name: 'Save as draft' }).click();
    await second.getByText('These are changes that you have not published').waitFor();
    expect((await writtenIn(second)).text).toBe('Drafted over what was.');
    expect(await second.locator('.note').innerText()).toContain('The post was saved since you began them');
    await first.goto(site.url + path);
    expect(await first.locator('.article .prose').innerText()).toBe('The first save.');
  });

  test('a draft that is published after somebody else saved is refused once', async () => {
    const { path, first, second } = await bothEdit(`Published late ${scripts}`);
    await fillPost(second, { text: 'Drafted first.' });
    await postForm(second).getByRole('button', { name: 'Save as draft' }).click();
    await second.getByText('These are changes that you have not published').waitFor();
    await fillPost(first, { text: 'Saved meanwhile.' });
    await save(first);
    const answer = await press(second, 'Publish', postForm(second));
    expect(answer.status()).toBe(409);
    expect(await second.locator('.conflict pre').innerText()).toBe('Saved meanwhile.');
    expect((await writtenIn(second)).text).toBe('Drafted first.');
    await press(second, 'Publish', postForm(second));
    expect(second.url()).toBe(site.url + path);
    expect(await second.locator('.article .prose').innerText()).toBe('Drafted first.');
  });

  test('who writes while it is deleted keeps what was typed', async () => {
    const { path, first, second } = await bothEdit(`Deleted meanwhile ${scripts}`);
    await first.goto(site.url + path);
    await first.locator('.ask summary').click();
    await press(first, 'Delete it');
    await fillPost(second, { text: 'Typed in vain.' });
    await postForm(second).getByRole('button', { name: 'Save', exact: true }).click();
    await second.getByText('Entry not found').waitFor();
    if (javaScriptEnabled) expect((await writtenIn(second)).text).toBe('Typed in vain.');
    else expect(await second.locator('pre').innerText()).toBe('Typed in vain.');
    expect((await second.goto(site.url + path))?.status()).toBe(404);
  });
});
