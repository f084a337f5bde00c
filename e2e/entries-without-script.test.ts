import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { launchBrowser, openContext } from './src/browser.ts';
import { startCommunity, type Site } from './src/community.ts';
import { field, flashes, follow, press } from './src/form-page.ts';
import { fillPost, placesOf, postForm, publish, writtenIn, type Writing } from './src/journal.ts';
import { openMember } from './src/member.ts';

const EVERYWHERE = { status: 200, listedAt: ['/', '/feed.atom', '/search'] };
const NOWHERE = { status: 404, listedAt: [] };
const TEXT =
  'Nine seconds is a *layer*.\n\nTwelve is a [blanket](https://example.org/slip).\n\n- dip\n- count';

let browser: Browser;
let site: Site;
let author: BrowserContext;
let visitor: BrowserContext;
let tab: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startCommunity()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  const options = { javaScriptEnabled: false };
  author = await openMember(browser, site, 'ruth', { options });
  visitor = await openContext(browser, options);
  tab = await author.newPage();
});
afterEach(() => Promise.all([author.close(), visitor.close()]));

async function visit(path: string): Promise<number | undefined> {
  return (await tab.goto(site.url + path))?.status();
}

const path = (): string => tab.url().slice(site.url.length);
const heading = (): Promise<string> => tab.getByRole('heading', { level: 1 }).innerText();
const cards = (): Locator => tab.locator('#all-posts ~ .cards > li');

/** How many pixels wide a picture is when it is decoded; fails where it cannot be. */
async function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth;
  });
}

describe('a post, without JavaScript', () => {
  const post = { path: '/posts/slip-by-the-second', title: 'Slip by the second' };
  const places = (): Promise<unknown> => placesOf(visitor, site, post);

  test('is drafted, announced, published, edited, brought back and deleted', async () => {
    // A draft, with a picture.
    await visit('/posts/new');
    await fillPost(tab, {
      title: post.title,
      text: TEXT,
      tags: 'Slip, Test tiles',
      pictured: 'A bucket of slip',
      cover: await tab.screenshot({ type: 'jpeg', quality: 60 }),
    });
    await press(tab, 'Save as draft');
    const edit = path();
    expect(edit).toMatch(/^\/posts\/\d+\/edit$/);
    expect(await flashes(tab)).toEqual(['Your post is saved.']);
    expect(await heading()).toBe('Go on with a draft');
    expect(await writtenIn(tab)).toEqual({ title: post.title, text: TEXT, tags: 'Slip, Test tiles' });
    expect(await widthOf(tab.locator('.kept-cover img'))).toBeGreaterThan(100);
    expect(await places()).toEqual(NOWHERE);
    expect((await visitor.request.get(site.url + edit)).url()).toBe(`${site.url}/login`);
    await tab.reload();
    expect(await flashes(tab)).toEqual([]);
    await visit('/account/posts');
    expect(await cards().locator('h3').allInnerTexts()).toEqual([`${post.title} draft`]);
    await follow(tab, { name: `Edit: ${post.title}` });

    // For a day to come.
    await fillPost(tab, { comesOut: '2099-05-01T09:30' });
    await press(tab, 'Publish');
    expect([path(), await flashes(tab)]).toEqual([post.path, ['Your post is saved.']]);
    expect(await tab.locator('.note').innerText()).toContain('comes out on 1 May 2099 at 09:30 UTC');
    expect(await places()).toEqual(NOWHERE);
    await follow(tab, { name: 'Edit', exact: true });
    expect(path()).toBe(edit);
    expect(await postForm(tab).getByLabel('Comes out on').inputValue()).toBe('2099-05-01T09:30');

    // At once.
    await fillPost(tab, { comesOut: '', notes: 'Now, after all.' });
    await press(tab, 'Save');
    expect([path(), await flashes(tab)]).toEqual([post.path, ['Your post is saved.']]);
    expect(await tab.locator('.note').count()).toBe(0);
    expect(await places()).toEqual(EVERYWHERE);
    const page = await visitor.newPage();
    await page.goto(site.url + post.path);
    expect(await page.locator('.article .prose').innerHTML()).toContain(
      '<p>Nine seconds is a <em>layer</em>.</p>',
    );
    expect(await page.locator('.article .prose li').allInnerTexts()).toEqual(['dip', 'count']);
    expect(await page.locator('.tags a').allInnerTexts()).toEqual(['Slip', 'Test tiles']);
    expect(await widthOf(page.getByAltText('A bucket of slip'))).toBeGreaterThan(100);
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
    await follow(page, { name: 'Test tiles' });
    expect(await page.locator('.results h2').allInnerTexts()).toEqual([post.title]);

    // Edited, without its picture.
    await follow(tab, { name: 'Edit', exact: true });
    await fillPost(tab, { text: 'Ten seconds.', tags: 'Slip', notes: 'Counted again.' });
    await tab.getByLabel('Keep this picture').uncheck();
    await press(tab, 'Save');
    await page.goto(site.url + post.path);
    expect(await page.locator('.article .prose').innerText()).toBe('Ten seconds.');
    expect(await page.locator('.article img.cover').count()).toBe(0);

    // The version before.
    await follow(tab, { name: 'Versions' });
    const versions = tab.locator('.cards > li');
    expect(await versions.first().innerText()).toContain('Counted again.');
    const before = versions.filter({ hasText: 'Now, after all.' });
    await follow(tab, { name: /^Compare version/ }, before);
    const differences = tab.locator('.differences');
    expect(await differences.innerText()).toContain('Ten seconds.');
    expect(await differences.innerText()).toContain('Twelve is a [blanket]');
    expect(await differences.innerText()).toContain('Slip, Test tiles');
    await press(tab, 'Restore this version');
    expect(path()).toBe(post.path);
    expect(await flashes(tab)).toHaveLength(1);
    await page.goto(site.url + post.path);
    expect(await page.locator('.article .prose').innerText()).toContain('Nine seconds is a layer.');
    expect(await page.locator('.tags a').allInnerTexts()).toEqual(['Slip', 'Test tiles']);
    expect(await widthOf(page.getByAltText('A bucket of slip'))).toBeGreaterThan(100);
    expect(await places()).toEqual(EVERYWHERE);

    // Gone.
    await tab.locator('.ask summary').click();
    await press(tab, 'Delete it');
    expect([path(), await flashes(tab)]).toEqual(['/account/posts', ['The post is deleted.']]);
    expect(await cards().count()).toBe(0);
    expect(await places()).toEqual(NOWHERE);
    expect(await visit(edit)).toBe(404);
    expect(await visit(post.path)).toBe(404);
  });
});

describe('what is not public, without JavaScript', () => {
  const drafted = { path: '/posts/a-quiet-draft', title: 'A quiet draft' };
  const pending = { path: '/posts/a-quiet-tomorrow', title: 'A quiet tomorrow' };
  const hidden = { path: '/posts/a-quiet-secret', title: 'A quiet secret' };
  const live = { path: '/posts/a-quiet-post', title: 'A quiet post' };

  test('is in no list, feed or sitemap, and nobody but its author opens it', async () => {
    const text = 'Something quiet.';
    await visit('/posts/new');
    await fillPost(tab, { title: drafted.title, text, tags: 'Drafted' });
    await press(tab, 'Save as draft');
    const editDraft = path();
    await publish(tab, site, { title: pending.title, text, tags: 'Pending', comesOut: '2099-01-01T00:00' });
    expect(path()).toBe(pending.path);
    await visit('/posts/new');
    await fillPost(tab, { title: hidden.title, text, tags: 'Hidden', comesOut: '' });
    await postForm(tab)
      .getByLabel(/^Everybody sees it/)
      .uncheck();
    await press(tab, 'Publish');
    expect(await tab.locator('.note').innerText()).toContain('hidden');
    const editHidden =
      (await tab.getByRole('link', { name: 'Edit', exact: true }).getAttribute('href')) ?? '';
    await publish(tab, site, { title: live.title, text, tags: 'Quiet' });

    const other = await openMember(browser, site, 'tomasz', { options: { javaScriptEnabled: false } });
    for (const whoever of [visitor, other]) {
      for (const post of [drafted, pending, hidden])
        expect(await placesOf(whoever, site, post)).toEqual(NOWHERE);
      expect(await placesOf(whoever, site, live)).toEqual(EVERYWHERE);
    }
    for (const edit of [editDraft, editHidden]) {
      for (const url of [edit, edit.replace('edit', 'revisions'), edit.replace('edit', 'saved')])
        expect([url, (await other.request.get(site.url + url)).status()]).toEqual([url, 404]);
    }
    await other.close();
    const sitemap = await (await visitor.request.get(`${site.url}/sitemap.xml`)).text();
    expect(sitemap).toContain(`<loc>${site.url}${live.path}</loc>`);
    for (const post of [drafted, pending, hidden]) expect(sitemap).not.toContain(post.path);
    const tags = await (await visitor.request.get(`${site.url}/tags`)).text();
    expect(tags).toContain('>Quiet</a>');
    for (const tag of ['Drafted', 'Pending', 'Hidden']) expect(tags).not.toContain(`>${tag}</a>`);
  });

  test('changes to a post are its author’s alone until they are published, or discarded', async () => {
    const place = await publish(tab, site, { title: 'Changed quietly', text: 'As all see it.' });
    const seen = async (): Promise<string> => {
      const page = await visitor.newPage();
      await page.goto(site.url + place);
      return page.locator('.article .prose').innerText();
    };
    const change = async (text: string): Promise<void> => {
      await visit(place);
      await follow(tab, { name: 'Edit', exact: true });
      await fillPost(tab, { text });
      await press(tab, 'Save as draft');
    };
    await change('As nobody sees it yet.');
    expect(path()).toMatch(/\/edit$/);
    expect((await writtenIn(tab)).text).toBe('As nobody sees it yet.');
    expect(await seen()).toBe('As all see it.');
    await press(tab, 'Discard the changes');
    expect((await writtenIn(tab)).text).toBe('As all see it.');
    await change('As all will see it.');
    await visit('/account/posts');
    await tab.locator('#changes ~ .cards a').click();
    await press(tab, 'Publish');
    expect(path()).toBe(place);
    expect(await seen()).toBe('As all will see it.');
    await visit('/account/posts');
    expect(await tab.locator('#changes').count()).toBe(0);
  });
});

describe('the form of a post, without JavaScript', () => {
  /** How many posts of a title there are. */
  async function count(title: string): Promise<number> {
    await visit('/account/posts');
    return cards().filter({ hasText: title }).count();
  }

  test('tells what is wrong beside its field, and keeps the rest', async () => {
    await visit('/posts/new');
    const form = postForm(tab);
    await form.evaluate((element: HTMLFormElement) => {
      element.noValidate = true;
    });
    const written = { title: '', text: 'Kept <b>as typed</b> & "quoted".', tags: 'One, Two' };
    await fillPost(tab, { ...written, pictured: 'A pot' });
    await form.locator('details').locator('summary').click();
    await form.getByLabel('Address', { exact: true }).fill('right-here');
    expect((await press(tab, 'Publish')).status()).toBe(422);
    expect(await field(form, 'Title').isInvalid()).toBe(true);
    expect(await field(form, 'Title').errors()).toContain('Title cannot be blank.');
    expect(await form.locator('[aria-invalid]').count()).toBe(1);
    expect(await writtenIn(tab)).toEqual(written);
    expect(await form.getByLabel('What do we see?').inputValue()).toBe('A pot');
    await fillPost(tab, { title: 'Right at last', cover: Buffer.from('<svg onload="alert(1)">') });
    expect((await press(tab, 'Publish')).status()).toBe(422);
    expect(await field(form, 'Picture').isInvalid()).toBe(true);
    expect(await field(form, 'Picture').errors()).toContain('pot.jpg');
    expect(await writtenIn(tab)).toEqual({ ...written, title: 'Right at last' });
    // What is wrong behind the summary is not hidden there.
    await fillPost(tab, { comesOut: '' });
    await form.getByLabel('Comes out on').evaluate((input: HTMLInputElement) => {
      input.type = 'text';
      input.value = 'the day after tomorrow, perhaps';
    });
    expect((await press(tab, 'Publish')).status()).toBe(422);
    expect(await form.getByLabel('Comes out on').isVisible()).toBe(true);
    expect(await field(form, 'Comes out on').isInvalid()).toBe(true);
    await press(tab, 'Publish');
    expect([path(), await heading()]).toEqual(['/posts/right-here', 'Right at last']);
  });

  test('repeats nothing by Back, Forward and reload', async () => {
    await visit('/account/posts');
    await publish(tab, site, { title: 'Only once', text: 'Whatever is pressed.' });
    const here = path();
    await tab.reload();
    await tab.goBack();
    expect(path()).toBe('/posts/new');
    await tab.goForward();
    expect(path()).toBe(here);
    await follow(tab, { name: 'Edit', exact: true });
    await fillPost(tab, { text: 'Twice.' });
    await press(tab, 'Save');
    await tab.reload();
    await tab.goBack();
    await tab.reload();
    await tab.goForward();
    await follow(tab, { name: 'Versions' });
    expect(await tab.locator('.cards > li').count()).toBe(2);
    expect(await count('Only once')).toBe(1);
    await visit(here);
    await tab.locator('.ask summary').click();
    await press(tab, 'Delete it');
    await tab.reload();
    await tab.goBack();
    await tab.goForward();
    expect(await count('Only once')).toBe(0);
  });

  test('gives back what was typed where the session ended meanwhile', async () => {
    const written = { title: 'Ended meanwhile', text: 'Typed for an <hour>.\n\nAnd more.', tags: 'Patience' };
    for (const from of ['/posts/new', await editOf({ title: 'To be edited', text: 'As it was.' })]) {
      await visit(from);
      await fillPost(tab, written);
      const cookies = await author.cookies();
      await author.clearCookies();
      expect((await press(tab, from === '/posts/new' ? 'Publish' : 'Save')).status()).toBeGreaterThanOrEqual(
        400,
      );
      expect([await heading(), await flashes(tab)]).toEqual(['Your session has ended', []]);
      expect(await tab.getByRole('heading', { level: 2, name: written.title }).count()).toBe(1);
      expect(await tab.locator('pre').innerText()).toBe(written.text);
      expect(await tab.locator('main').innerText()).toContain('Tags: Patience');
      const back = await tab.locator('main').getByRole('link', { name: 'sign in' }).getAttribute('href');
      expect(back).toBe(`/sign-in?next=${encodeURIComponent(from)}`);
      await author.addCookies(cookies);
    }
    expect(await count(written.title)).toBe(0);
  });

  /** Where a post is edited that is published for it. */
  async function editOf(writing: Writing): Promise<string> {
    await publish(tab, site, writing);
    return (await tab.getByRole('link', { name: 'Edit', exact: true }).getAttribute('href')) ?? '';
  }
});
